import type { DeploymentEvent } from '@slipway/contracts';
import { fold, isRejection } from '@slipway/event-sourcing';
import type { DeploymentCommand } from './deployment-commands.ts';
import { deployment } from './deployment.ts';
import { at, command, planned } from './examples.ts';

const reason = 'sealed:v1:x';
const HOTFIX: readonly DeploymentEvent[] = [
  { type: 'DeploymentRequested', data: { ...planned, kind: 'hotfix', ...at('09:00') } },
  { type: 'DeploymentStarted', data: at('09:10') },
];
const given = (...events: readonly DeploymentEvent[]) => ({
  when: (intent: DeploymentCommand) => deployment.decide(command(intent), fold(deployment, events)),
});
const confirm = (recordId: string) => ({ type: 'ConfirmRemediation', data: { record: 'incident', recordId } }) as const;
const deny = (recordId: string) =>
  ({ type: 'RejectRemediation', data: { record: 'incident', recordId, reason } }) as const;
const decided = (decision: ReturnType<ReturnType<typeof given>['when']>): readonly DeploymentEvent[] => {
  if (isRejection(decision)) throw new Error(decision.rejected);
  return decision;
};

describe('what a hotfix mends', () => {
  it('is what a person says, once', () => {
    const said = decided(given(...HOTFIX).when(confirm('i1')));
    expect(said).toEqual([
      { type: 'RemediationConfirmed', data: { record: 'incident', recordId: 'i1', ...at('10:00') } },
    ]);
    expect(given(...HOTFIX, ...said).when(confirm('i1'))).toEqual([]);
  });

  it('is not what a person rejects, before or after it was confirmed; the last word counts', () => {
    const rejected = decided(given(...HOTFIX).when(deny('i1')));
    expect(rejected).toEqual([
      { type: 'RemediationRejected', data: { record: 'incident', recordId: 'i1', reason, ...at('10:00') } },
    ]);
    expect(given(...HOTFIX, ...rejected).when(deny('i1'))).toEqual([]);
    expect(given(...HOTFIX, ...rejected).when(confirm('i1'))).toMatchObject([{ type: 'RemediationConfirmed' }]);
  });

  it('is said of a hundred deployments and incidents at most', () => {
    const many = Array.from({ length: 100 }, (_, index) => decided(given(...HOTFIX).when(confirm(`i${index}`)))).flat();
    expect(given(...HOTFIX, ...many).when(confirm('another'))).toMatchObject({ rejected: 'too-many-remediations' });
    expect(given(...HOTFIX, ...many).when(deny('i7'))).toHaveLength(1);
  });

  it('is nothing before it has started', () => {
    expect(given(HOTFIX[0]!).when(confirm('i1'))).toMatchObject({ rejected: 'not-started' });
    expect(given().when(confirm('i1'))).toMatchObject({ rejected: 'no-deployment' });
  });
});
