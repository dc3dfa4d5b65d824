import { cloudEventOf } from '@slipway/contracts';
import { stampOf } from '@slipway/event-sourcing';
import { evaluate, LONGEST_EXPRESSION, mistakeIn } from './expression.ts';
import { matches } from './filter.ts';
import { type Subject, subjectAfter, UNKNOWN } from './subject.ts';

const stamp = stampOf('person-00000000-0000-4000-8000-000000000001');
const target = { serviceId: 'checkout', environmentId: 'eu', wave: 1 };
const data = { ...stamp, kind: 'hotfix', target, production: true, digests: ['a', 'b'], deployer: stamp.actor };
const event = cloudEventOf({
  type: 'DeploymentRequested',
  data,
  id: 'e1',
  stream: 'deployment-1',
  version: 1,
  position: 7,
  sequencedAt: '2026-03-02T09:00:00.000Z',
  correlationId: 'c1',
});
const subject: Subject = { serviceIds: ['checkout'], environmentIds: ['eu'], severity: 'high' };

describe('a filter', () => {
  test('that says nothing lets everything through', () => expect(matches({}, event, UNKNOWN)).toBe(true));

  test.each([
    [['dev.slipway.deployment-requested.v1'], true],
    [['dev.slipway.release-*', 'dev.slipway.deployment-*'], true],
    [['dev.slipway.deployment-requested'], false],
    [['dev.slipway.deployment-failed.v1'], false],
    [[], false],
  ])('by type %j', (types, expected) => expect(matches({ types }, event, subject)).toBe(expected));

  test('of history only by the whole name of a type, whatever comes after it on the record', () => {
    const imported = { ...event, type: 'dev.slipway.incident-imported.v1' };
    const history = subjectAfter(UNKNOWN, { type: 'IncidentImported', stream: 'incident-1', data: stamp });
    const later = subjectAfter(history, { type: 'CauseProposed', stream: 'incident-1', data: stamp });
    for (const types of [undefined, ['dev.slipway.*'], ['dev.slipway.incident-*']])
      for (const each of [history, later]) expect(matches({ ...(types && { types }) }, imported, each)).toBe(false);
    expect(matches({ types: [imported.type] }, imported, history)).toBe(true);
    expect(matches({ types: [imported.type] }, imported, { ...subject })).toBe(true);
  });

  test('narrows by service, environment and severity, all of them', () => {
    const all = { serviceIds: ['cart', 'checkout'], environmentIds: ['eu'], severities: ['high', 'critical'] as const };
    expect(matches(all, event, subject)).toBe(true);
    expect(matches({ ...all, serviceIds: ['cart'] }, event, subject)).toBe(false);
    expect(matches({ ...all, environmentIds: ['us'] }, event, subject)).toBe(false);
    expect(matches({ ...all, severities: ['low'] }, event, subject)).toBe(false);
    expect(matches({ severities: ['low'] }, event, UNKNOWN)).toBe(false);
  });

  test('finds a threshold by the services that it is about, as of now', () => {
    const crossed = { ...stamp, about: { kind: 'team', id: 'shop' }, serviceIds: ['checkout', 'cart'] };
    const type = 'ThresholdCrossed';
    const about = subjectAfter(UNKNOWN, { type, stream: 'metricThreshold-1', data: crossed });
    const told = { ...event, type: 'dev.slipway.threshold-crossed.v1', data: crossed };
    expect(matches({ types: ['dev.slipway.threshold-*'], serviceIds: ['cart'] }, told, about)).toBe(true);
    expect(matches({ serviceIds: ['payment'] }, told, about)).toBe(false);
    const expression = "event.data.about.kind == 'team' && event.data.about.id == 'shop'";
    expect(matches({ expression }, told, about)).toBe(true);
  });

  test('asks its expression last', () => {
    expect(matches({ expression: "event.data.kind == 'hotfix'" }, event, subject)).toBe(true);
    expect(matches({ types: [], expression: 'event.nothing' }, event, subject)).toBe(false);
  });
});

describe('an expression', () => {
  test.each([
    ["event.type.startsWith('dev.slipway.deployment-') && event.data.production", true],
    ["event.data.digests.exists(d, d == 'b')", true],
    ['event.data.target.wave == 1', true],
    ["event.data.kind.matches('^(hot|cold)fix$')", true],
    ["has(event.data.changeId) && event.data.changeId == 'x'", false],
  ])('%s', (expression, expected) => {
    expect(mistakeIn(expression)).toBe(undefined);
    expect(evaluate(expression, event)).toBe(expected);
  });

  test.each([
    ['event.data.changeId == 1', /changeId/],
    ['event.data.kind', /neither true nor false/],
  ])('%s fails when it is asked', (expression, why) =>
    expect(evaluate(expression, event)).toEqual({ failed: expect.stringMatching(why) as unknown }),
  );

  test.each([
    ['event.', /no CEL expression/],
    ['nobody.knows', /no nobody/],
    ['event.data.digests.exists(d, e == d)', /no e:/],
    ['event.data.digests.all(a, event.data.digests.all(b, a == b))', /inside another/],
    [`'${'x'.repeat(LONGEST_EXPRESSION)}' == ''`, /longer/],
  ])('%.70s is refused', (expression, why) => {
    expect(mistakeIn(expression)).toMatch(why);
    expect(evaluate(expression, event)).toEqual({ failed: expect.stringMatching(why) as unknown });
  });
});

describe('the subject of a record', () => {
  const at = (stream: string, type: string, said: object) => ({ stream, type, data: { ...stamp, ...said } });

  test('is what its events have named so far', () => {
    const requested = subjectAfter(UNKNOWN, { ...at('deployment-1', 'DeploymentRequested', data) });
    expect(requested).toEqual({ serviceIds: ['checkout'], environmentIds: ['eu'] });
    expect(subjectAfter(requested, at('deployment-1', 'DeploymentSucceeded', {}))).toEqual(requested);
  });
  test('has the severity that was said last', () => {
    const detected = at('incident-1', 'IncidentDetected', { severity: 'high', serviceIds: ['cart'] });
    const first = subjectAfter(UNKNOWN, detected);
    expect(first).toEqual({ serviceIds: ['cart'], environmentIds: [], severity: 'high' });
    expect(subjectAfter(first, at('incident-1', 'IncidentResolved', {}))).toEqual(first);
    expect(subjectAfter(first, at('incident-1', 'SeverityChanged', { severity: 'low' })).severity).toBe('low');
    expect(subjectAfter(UNKNOWN, at('alert-1', 'AlertReported', { severity: 'critical' }))).toEqual(UNKNOWN);
  });
  test('of a service is itself, not what it depends on; of an incident is not what may have caused it', () => {
    const registered = at('service-cart', 'ServiceRegistered', {
      dependencies: [{ serviceId: 'db', kind: 'database' }],
    });
    expect(subjectAfter(UNKNOWN, registered).serviceIds).toEqual(['cart']);
    const proposed = at('incident-1', 'CauseProposed', { candidates: [{ serviceId: 'x' }] });
    expect(subjectAfter(UNKNOWN, proposed)).toEqual(UNKNOWN);
  });
});
