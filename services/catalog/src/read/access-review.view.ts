import type { AccessReviewEvent } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import { describedView } from '@slipway/records';

type Opened = Extract<AccessReviewEvent, { type: 'AccessReviewOpened' }>['data'];

export type ReviewedRight = Opened['rights'][number] &
  Readonly<{ decision: 'open' | 'confirmed' | 'revoked'; by?: string; decidedAt?: string; reason?: string }>;

export type AccessReviewView = Pick<Opened, 'title' | 'owner' | 'description' | 'at' | 'dueOn'> &
  Readonly<{
    state: 'Open' | 'Completed' | 'Canceled';
    rights: readonly ReviewedRight[];
    openedAt: string;
    completedAt?: string;
    canceled?: Readonly<{ by: string; at: string; reason: string }>;
  }>;

const opened = ({ title, owner, description, at, dueOn, rights, occurredAt }: Opened): AccessReviewView => ({
  title,
  owner,
  ...(description !== undefined && { description }),
  at,
  ...(dueOn !== undefined && { dueOn }),
  state: 'Open',
  rights: rights.map(right => ({ ...right, decision: 'open' })),
  openedAt: occurredAt,
});

type Decided = Extract<AccessReviewEvent, { type: 'AccessRightConfirmed' | 'AccessRightRevoked' }>;

const decidedIn =
  ({ type, data }: Decided) =>
  (right: ReviewedRight): ReviewedRight =>
    right.roleGrantId === data.roleGrantId && right.kid === data.kid && right.person === data.person
      ? {
          ...right,
          decision: type === 'AccessRightConfirmed' ? 'confirmed' : 'revoked',
          by: data.actor,
          decidedAt: data.occurredAt,
          ...(data.reason !== undefined && { reason: data.reason }),
        }
      : right;

/** What is decided of whom, by whom and why. */
export const accessReviewView = describedView(
  'accessReview',
  (view: AccessReviewView | undefined, event: Recorded<AccessReviewEvent>): AccessReviewView | undefined => {
    switch (event.type) {
      case 'AccessReviewOpened':
        return opened(event.data);
      case 'AccessRightConfirmed':
      case 'AccessRightRevoked':
        return view && { ...view, rights: view.rights.map(decidedIn(event)) };
      case 'AccessReviewCompleted':
        return view && { ...view, state: 'Completed', completedAt: event.data.occurredAt };
      case 'AccessReviewCanceled': {
        const { actor: by, occurredAt: at, reason } = event.data;
        return view && { ...view, state: 'Canceled', canceled: { by, at, reason } };
      }
      default:
        return view;
    }
  },
);
