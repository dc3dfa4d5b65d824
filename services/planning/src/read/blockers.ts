import { isDependencyMet, type ReleaseState } from '@slipway/contracts';
import type { ReleaseView } from './release.view.ts';

export type Blocker = Readonly<{
  code:
    | 'release-over'
    | 'not-scheduled'
    | 'no-rollback-plan'
    | 'not-authorized'
    | 'no-go'
    | 'release-held'
    | 'release-dependency-not-met';
  detail: string;
  /** Of a dependency: the release that is waited for. */
  release?: Readonly<{ id: string; number?: string; title?: string; state?: ReleaseState; neededState: ReleaseState }>;
}>;

/** A release that is needed, as it stands. */
export type Needed = Readonly<{ number: string; view: ReleaseView }>;

/** All that keeps a release from being deployed, as far as planning knows. */
export const blockersOf = (release: ReleaseView, needed: ReadonlyMap<string, Needed>): readonly Blocker[] => [
  ...STEPS.filter(({ isMissing }) => isMissing(release)).map(({ code, detail }) => ({ code, detail })),
  ...release.dependencies.flatMap(dependency => waitingFor(dependency, needed.get(dependency.releaseId))),
];

type Step = Pick<Blocker, 'code' | 'detail'> & Readonly<{ isMissing: (release: ReleaseView) => boolean }>;

const BEFORE_GO: readonly ReleaseState[] = ['Draft', 'Planned', 'Authorized'];
const OVER: readonly ReleaseState[] = ['Closed', 'Canceled', 'Withdrawn'];

const STEPS: readonly Step[] = [
  { code: 'release-over', detail: 'It is over.', isMissing: ({ state }) => OVER.includes(state) },
  { code: 'not-scheduled', detail: 'It has no window and no targets.', isMissing: ({ state }) => state === 'Draft' },
  {
    code: 'no-rollback-plan',
    detail: 'It has no rollback plan.',
    isMissing: ({ rollbackPlan, state }) => !rollbackPlan && !OVER.includes(state),
  },
  {
    code: 'not-authorized',
    detail: 'Not all of its changes are authorized.',
    isMissing: ({ state }) => state === 'Draft' || state === 'Planned',
  },
  { code: 'no-go', detail: 'Nobody gave the go.', isMissing: ({ state }) => BEFORE_GO.includes(state) },
  { code: 'release-held', detail: 'It is on hold.', isMissing: ({ held }) => held },
];

const waitingFor = (
  { releaseId, state: neededState }: ReleaseView['dependencies'][number],
  needed: Needed | undefined,
): readonly Blocker[] => {
  if (needed && isDependencyMet(needed.view, neededState)) return [];
  const seen = needed && { number: needed.number, title: needed.view.title, state: needed.view.state };
  return [
    {
      code: 'release-dependency-not-met',
      detail: `It waits for ${seen?.number ?? releaseId} to be ${neededState}; that one is ${seen?.state ?? 'not there'}.`,
      release: { id: releaseId, ...seen, neededState },
    },
  ];
};
