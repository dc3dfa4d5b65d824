import { fixtureJson } from './fixture.ts';
import { type Canary, canaryIn, isFromFlagger, reportOf } from './flagger.ts';
import { NO_COMMIT } from './tool-message.ts';

const NOW = '2026-03-02T10:00:00.000Z';
const gate = fixtureJson('flagger/gate');
const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const withMetadata = (metadata: object) =>
  canaryIn({ ...gate, metadata: { ...gate['metadata'], ...metadata } }) as Canary;

describe('a gate of Flagger', () => {
  it('asks about one revision of a canary', () => {
    expect(canaryIn(gate)).toEqual({
      name: 'podinfo',
      namespace: 'test',
      phase: 'Progressing',
      checksum: '85d557f47b',
      token: '16688eb5e9f289f1991c',
      service: 'podinfo',
      environment: 'test',
      digests: [],
      deployer: 'flagger',
    });
  });

  it('says in its metadata what Flagger does not know', () => {
    const digests = `${digest('a')}, ${digest('b')},latest`;
    expect(
      withMetadata({
        service: 'checkout',
        environment: 'eu',
        digests,
        version: '2.4',
        release: 'REL-1',
        change: 'CHG-1',
      }),
    ).toMatchObject({
      service: 'checkout',
      environment: 'eu',
      digests: [digest('a'), digest('b')],
      version: '2.4',
      release: 'REL-1',
      change: 'CHG-1',
    });
    expect(withMetadata({ service: 'not a name', release: '' })).toMatchObject({ service: 'podinfo' });
  });

  it.each([[null], [[]], [{}], [{ ...gate, checksum: '' }], [{ ...gate, metadata: { a: 1 } }]])('is not %j', body => {
    expect(canaryIn(body)).toBeUndefined();
  });

  it('comes with its token', () => {
    const canary = withMetadata({});
    expect(isFromFlagger('16688eb5e9f289f1991c', canary)).toBe(true);
    expect(isFromFlagger('another', canary)).toBe(false);
    expect(isFromFlagger('', withMetadata({ token: '' }))).toBe(false);
  });
});

describe('an event of Flagger', () => {
  it.each([
    ['Progressing', 'running'],
    ['Promoting', 'running'],
    ['Finalising', 'running'],
    ['Waiting', 'waiting'],
    ['Succeeded', 'succeeded'],
    ['Failed', 'failed'],
  ])('%s is %s', (phase, status) => {
    expect(reportOf({ ...withMetadata({ timestamp: '1772445600000' }), phase }, NOW)).toMatchObject({
      reports: [{ externalId: 'test/podinfo/85d557f47b', repository: 'podinfo', environmentAlias: 'test', status }],
    });
  });

  it('has its own clock, else ours, and knows no commit', () => {
    const [timed, untimed] = [{ timestamp: '1772445600000' }, {}].map(metadata =>
      reportOf(withMetadata(metadata), NOW),
    );
    expect(timed).toMatchObject({ reports: [{ occurredAt: '2026-03-02T10:00:00.000Z', commit: NO_COMMIT }] });
    expect(untimed).toMatchObject({ reports: [{ occurredAt: NOW }] });
  });

  it('of a phase that nobody knows is not used', () => {
    expect(reportOf({ ...withMetadata({}), phase: 'Melting' }, NOW)).toEqual({ unused: 'Melting' });
  });
});
