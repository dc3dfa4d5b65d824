import type { PipelineRunEvent } from '@slipway/contracts';
import { fold, isRejection, specification } from '@slipway/event-sourcing';
import { at, DEPLOYER } from './examples.ts';
import type { Known } from './matching.ts';
import { deploymentOf, type PipelineRun, pipelineRun, type PipelineRunCommand, RUN_MOVES } from './pipeline-run.ts';

const given = specification(pipelineRun);
const reported = {
  tool: 'github' as const,
  deliveryId: 'delivery-1',
  externalId: '145988746',
  repository: 'https://github.com/acme/shop',
  environmentAlias: 'production',
  commit: 'c'.repeat(40),
  status: 'running' as const,
  startedBy: DEPLOYER,
  payload: 'sealed:v1:x',
};
const known: Known = {
  services: [{ id: 'checkout', name: 'checkout', repositories: ['acme/shop'], aliases: [] }],
  environments: [{ id: 'eu', name: 'production', aliases: [], production: true }],
  artifacts: [],
};
const nothing: Known = { services: [], environments: [], artifacts: [] };
const REPORTED: PipelineRunEvent = { type: 'PipelineRunReported', data: { ...reported, ...at('09:00') } };
const UNMATCHED: PipelineRunEvent = { type: 'PipelineRunUnmatched', data: { missing: 'service', ...at('09:01') } };
const unreadable = {
  tool: 'github' as const,
  deliveryId: 'delivery-1',
  problem: 'malformed-json',
  payload: 'sealed:v1:x',
};
const UNREADABLE: PipelineRunEvent = { type: 'PipelineRunUnreadable', data: { ...unreadable, ...at('09:00') } };
const when = (intent: PipelineRunCommand, ...history: readonly PipelineRunEvent[]) =>
  given(...history).when({ ...intent, stamp: at('10:00') });
const match = (facts: Known): PipelineRunCommand => ({
  type: 'MatchPipelineRun',
  data: { runId: 'run-1', known: facts },
});
const bind = (serviceId: string): PipelineRunCommand => ({
  type: 'BindPipelineRun',
  data: { runId: 'run-1', binding: { serviceId, environmentId: 'eu' }, known, reason: 'sealed:v1:x' },
});
const MATCHED = when(match(known), REPORTED) as PipelineRunEvent[];

it('keeps each message once', () => {
  expect(when({ type: 'ReportPipelineRun', data: reported })).toEqual([
    { type: 'PipelineRunReported', data: { ...reported, ...at('10:00') } },
  ]);
  expect(when({ type: 'ReportPipelineRun', data: reported }, REPORTED)).toEqual([]);
  expect(when({ type: 'ReportPipelineRun', data: { ...reported, deliveryId: 'delivery-2' } }, REPORTED)).toHaveLength(
    1,
  );
});

it('keeps what could not be read', () => {
  const keep: PipelineRunCommand = { type: 'KeepUnreadable', data: unreadable };
  expect(when(keep)).toEqual([{ type: 'PipelineRunUnreadable', data: { ...unreadable, ...at('10:00') } }]);
  expect(when(keep, UNREADABLE)).toEqual([]);
});

it('is matched once, to a deployment of its own', () => {
  expect(MATCHED).toMatchObject([
    { type: 'PipelineRunMatched', data: { deploymentId: deploymentOf('run-1'), target: { serviceId: 'checkout' } } },
  ]);
  expect(when(match(known), REPORTED, ...MATCHED)).toEqual([]);
});

it('is unmatched until what was missing is there', () => {
  expect(when(match(nothing), REPORTED)).toMatchObject([
    { type: 'PipelineRunUnmatched', data: { missing: 'service' } },
  ]);
  expect(when(match(nothing), REPORTED, UNMATCHED)).toEqual([]);
  expect(when(match({ ...known, environments: [] }), REPORTED, UNMATCHED)).toMatchObject([
    { data: { missing: 'environment' } },
  ]);
  expect(when(match(known), REPORTED, UNMATCHED)).toMatchObject([{ type: 'PipelineRunMatched' }]);
});

it('can be bound by hand, with a reason', () => {
  expect(when(bind('checkout'), REPORTED, UNMATCHED)).toMatchObject([
    { type: 'PipelineRunMatched', data: { reason: 'sealed:v1:x' } },
  ]);
});

it.each([
  ['no-run', 'checkout', []],
  ['unreadable', 'checkout', [UNREADABLE]],
  ['already-matched', 'checkout', [REPORTED, ...MATCHED]],
  ['no-such-target', 'nobody', [REPORTED, UNMATCHED]],
])('%s', (code, serviceId, history) => {
  expect(when(bind(serviceId), ...history)).toMatchObject({ rejected: code });
});

describe('every state and every command', () => {
  const MATCHED = given(REPORTED).when({ ...bind('checkout'), stamp: at('09:02') }) as PipelineRunEvent[];
  const histories: { readonly [State in PipelineRun['status']]: readonly PipelineRunEvent[] } = {
    none: [],
    unreadable: [UNREADABLE],
    reported: [REPORTED],
    unmatched: [REPORTED, UNMATCHED],
    matched: [REPORTED, ...MATCHED],
  };
  const commands: { readonly [Type in PipelineRunCommand['type']]: readonly PipelineRunCommand[] } = {
    ReportPipelineRun: ['delivery-1', 'delivery-2'].map(deliveryId => ({
      type: 'ReportPipelineRun',
      data: { ...reported, deliveryId },
    })),
    KeepUnreadable: [{ type: 'KeepUnreadable', data: unreadable }],
    MatchPipelineRun: [match(known), match(nothing)],
    BindPipelineRun: [bind('checkout')],
  };
  const pairs = (Object.keys(histories) as PipelineRun['status'][]).flatMap(state =>
    (Object.keys(commands) as PipelineRunCommand['type'][]).map(type => [state, type] as const),
  );

  it.each(pairs)('%s takes %s as the table says', (state, type) => {
    const history = histories[state];
    expect(fold(pipelineRun, history).status).toBe(state);
    const reached = commands[type].map(intent => {
      const decided = when(intent, ...history);
      return isRejection(decided) ? decided.rejected : fold(pipelineRun, [...history, ...decided]).status;
    });
    const refused = { none: 'no-run', unreadable: 'unreadable', matched: 'already-matched' } as const;
    const expected = RUN_MOVES[state][type] ?? [refused[state as keyof typeof refused]];
    expect(new Set(reached)).toEqual(new Set(expected));
  });
});
