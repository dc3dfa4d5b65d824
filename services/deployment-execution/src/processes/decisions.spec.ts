import type { DecisionEvent, DeploymentEvent } from '@slipway/contracts';
import { processSpecification } from '@slipway/event-sourcing';
import { at, DEPLOYER, DIGEST, observed, planned } from '../domain/examples.ts';
import { detectUnauthorizedChangeWhenDenied } from './detect-unauthorized-change-when-denied.ts';
import { recordDecisionWhenTaken } from './record-decision-when-taken.ts';

const about = { target: planned.target, digests: [DIGEST], deployer: DEPLOYER };
const rule = (name: string, outcome: 'compliant' | 'non-compliant' | 'recorded' | 'error') => ({
  rule: name,
  ruleVersion: '1',
  outcome,
  reason: `why ${name}`,
});

const decided = (data: Partial<DecisionEvent['data']>): DecisionEvent & { stream: string } => ({
  stream: 'decision-decision-1',
  type: 'DecisionTaken',
  data: {
    verdict: 'allow',
    deploymentId: 'deployment-1',
    kind: 'planned',
    ...about,
    rules: [rule('change-authorized', 'compliant')],
    roleGrantIds: [],
    askedAt: '2026-03-02T09:00:00.000Z',
    inputs: [],
    position: 1,
    evaluatorVersion: '1',
    timeZoneDataVersion: '2026a',
    ...at('09:01'),
    ...data,
  },
});
const denied = decided({
  verdict: 'deny',
  rules: [
    rule('change-authorized', 'non-compliant'),
    rule('lock', 'compliant'),
    rule('deployer-resolvable', 'error'),
    rule('inside-window', 'recorded'),
  ],
});
const requested = (data: typeof planned): DeploymentEvent & { stream: string } => ({
  stream: 'deployment-deployment-1',
  type: 'DeploymentRequested',
  data: { ...data, ...at('08:59') },
});

describe('record-decision-when-taken', () => {
  const given = processSpecification(recordDecisionWhenTaken);

  it('passes an allow on, with how long it holds', () => {
    expect(given().when(decided({ validUntil: '2026-03-02T09:01:00.000Z' }))).toEqual([
      {
        to: 'deployment-deployment-1',
        send: {
          type: 'RecordDecision',
          data: {
            about,
            decisionId: 'decision-1',
            verdict: 'allow',
            askedAt: '2026-03-02T09:00:00.000Z',
            validUntil: '2026-03-02T09:01:00.000Z',
            reasons: [],
          },
        },
      },
    ]);
  });

  it('lets an allow that says no end hold no longer than its question', () => {
    expect(given().when(decided({}))).toMatchObject([{ send: { data: { validUntil: '2026-03-02T09:00:00.000Z' } } }]);
  });

  it('passes a deny on, with the rules that refused and the next opening', () => {
    expect(
      given().when({ ...denied, data: { ...denied.data, nextOpening: '2026-03-03T00:00:00.000Z' } }),
    ).toMatchObject([
      {
        send: {
          data: {
            reasons: ['change-authorized: why change-authorized', 'deployer-resolvable: why deployer-resolvable'],
            nextOpening: '2026-03-03T00:00:00.000Z',
          },
        },
      },
    ]);
  });
});

describe('detect-unauthorized-change-when-denied', () => {
  const given = processSpecification(detectUnauthorizedChangeWhenDenied);
  const detect = [
    {
      to: 'deployment-deployment-1',
      send: { type: 'DetectUnauthorizedChange', data: { rules: ['change-authorized', 'deployer-resolvable'], about } },
    },
  ];

  it('names the rules, in whichever order the two are seen', () => {
    expect(given(requested(observed)).when(denied)).toEqual(detect);
    expect(given(denied).when(requested(observed))).toEqual(detect);
  });

  it('is for observed deployments in production that were denied', () => {
    expect(given(requested(planned)).when(denied)).toEqual([]);
    expect(given(requested({ ...observed, production: false })).when(denied)).toEqual([]);
    expect(given(requested(observed)).when(decided({}))).toEqual([]);
    expect(given(requested(observed), denied).when(decided({}))).toEqual([]);
  });
});
