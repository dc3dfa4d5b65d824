import type { ChangeEvent, Target } from '@slipway/contracts';
import { idOf, type Instruction, type Process, type Recorded } from '@slipway/event-sourcing';
import type { RecordChange } from '../domain/release-commands.ts';

type Standing = RecordChange['data']['standing'];
type Fact = Extract<
  ChangeEvent,
  {
    type:
      | 'ChangeRaised'
      | 'ChangeRevised'
      | 'ChangeAuthorized'
      | 'ApprovalVoided'
      | 'ChangeRejected'
      | 'ChangeReviewStarted'
      | 'ChangeCanceled';
  }
>;
/** Of one change. `changed`: this event made it stand otherwise. */
type State = Readonly<{
  releaseIds: readonly string[];
  standing?: Standing;
  contentDigest?: string;
  triedTargets?: readonly Target[];
  changed: boolean;
}>;

/** The releases that a change names hear how it stands. The release decides whether all its changes authorize it. */
export const authorizeReleaseWhenChangesAuthorized: Process<Fact, RecordChange, State> = {
  name: 'authorize-release-when-changes-authorized',
  events: [
    'ChangeRaised',
    'ChangeRevised',
    'ChangeAuthorized',
    'ApprovalVoided',
    'ChangeRejected',
    'ChangeReviewStarted',
    'ChangeCanceled',
  ],
  instance: ({ stream }) => idOf(stream),
  initialState: { releaseIds: [], changed: false },
  evolve: (state, event) => {
    const releaseIds = event.type === 'ChangeRaised' ? event.data.releaseIds : state.releaseIds;
    const standing = standingAfter(event, state.standing);
    if (standing === state.standing) return { ...state, changed: false };
    return { releaseIds, ...(standing && { standing }), ...detailOf(event), changed: true };
  },
  react: ({ stream, version }: Recorded<Fact>, state) => {
    const { releaseIds, standing, contentDigest, triedTargets, changed } = state;
    if (!changed || !standing) return [{ ignore: 'the change stands as before' }];
    return releaseIds.map((id): Instruction<RecordChange> => ({
      to: `release-${id}`,
      send: {
        type: 'RecordChange',
        data: {
          changeId: idOf(stream),
          changeVersion: version,
          standing,
          ...(contentDigest && { contentDigest }),
          ...(triedTargets && { triedTargets }),
        },
      },
    }));
  },
};

const standingAfter = (event: Fact, before: Standing | undefined): Standing | undefined => {
  switch (event.type) {
    case 'ChangeRaised':
    case 'ChangeRevised':
      return 'open';
    case 'ChangeAuthorized':
      return 'authorized';
    case 'ApprovalVoided':
      return before === 'authorized' ? 'open' : before;
    case 'ChangeRejected':
      return 'rejected';
    case 'ChangeReviewStarted':
      return 'in-review';
    case 'ChangeCanceled':
      return 'canceled';
  }
};

const detailOf = (event: Fact): Pick<State, 'contentDigest' | 'triedTargets'> => {
  if (event.type === 'ChangeAuthorized') return { contentDigest: event.data.envelope.contentDigest };
  if (event.type !== 'ChangeReviewStarted') return {};
  const tried = event.data.outcomes.filter(({ outcome }) => outcome !== 'not-deployed');
  return { triedTargets: tried.map(({ target }) => target) };
};
