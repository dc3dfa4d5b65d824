import { type Handler, projection } from '@slipway/consumers';
import type { ChangeEvent } from '@slipway/contracts';
import { idOf } from '@slipway/event-sourcing';

type Of<Type extends ChangeEvent['type']> = Extract<ChangeEvent, { type: Type }>;
type Proposed = Pick<Of<'ChangeRevised'>['data'], 'content' | 'contentDigest' | 'window'>;

const RAISED = `
  INSERT INTO changes_v1
    (id, version, updated_at, raised_at, content_digest, window_start, window_end, services, environments,
     title, model, requester, release_ids, state, on_hold, unauthorized, number)
  VALUES ($1, $2, $3, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'New', false, false,
    (SELECT number FROM store.numbers_of(ARRAY[$13])))
  ON CONFLICT (id) DO NOTHING`;

// The events of one change come in order: its row is there.
const update =
  <Event extends ChangeEvent>(
    set: string,
    values: (data: Event['data']) => readonly unknown[] = () => [],
  ): Handler<Event> =>
  async ({ stream, version, data }, client) => {
    const text = `UPDATE changes_v1 SET version = $2, updated_at = $3, ${set} WHERE id = $1`;
    await client.query(text, [idOf(stream), version, data.recordedAt, ...values(data)]);
  };

const becomes = (state: string): Handler<ChangeEvent> => update('state = $4', () => [state]);

const PROPOSED = 'content_digest = $4, window_start = $5, window_end = $6, services = $7, environments = $8';
const proposed = ({ content, contentDigest, window }: Proposed): readonly unknown[] => [
  contentDigest,
  window.start,
  window.end,
  [...new Set(content.targets.map(({ serviceId }) => serviceId))],
  [...new Set(content.targets.map(({ environmentId }) => environmentId))],
];

export const changeList = projection<ChangeEvent>({
  consumer: 'change-approval.changes',
  categories: ['change'],
  tables: ['changes_v1'],
  independent: true,
  handlers: {
    ChangeRaised: async ({ stream, version, data }, client) => {
      const { recordedAt, title, model, requester, releaseIds } = data;
      const values = [
        idOf(stream),
        version,
        recordedAt,
        ...proposed(data),
        title,
        model,
        requester,
        releaseIds,
        stream,
      ];
      await client.query(RAISED, values);
    },
    ChangeRevised: update<Of<'ChangeRevised'>>(`state = 'New', ${PROPOSED}`, proposed),
    ChangeMoved: update<Of<'ChangeMoved'>>('window_start = $4, window_end = $5', ({ window }) => [
      window.start,
      window.end,
    ]),
    RiskAssessed: update<Of<'RiskAssessed'>>(
      `risk_level = $4, state = CASE state WHEN 'New' THEN 'Assess' ELSE state END`,
      ({ level }) => [level],
    ),
    ApprovalRequested: becomes('Authorize'),
    ChangeScheduled: becomes('Scheduled'),
    ChangeImplementationStarted: becomes('Implement'),
    ChangeReviewStarted: becomes('Review'),
    ChangeClosed: becomes('Closed'),
    ChangeCanceled: becomes('Canceled'),
    ChangeRejected: becomes('New'),
    ChangeHeld: update('on_hold = true'),
    ChangeResumed: update('on_hold = false'),
    ChangeFoundUnauthorized: update('unauthorized = true'),
    ReviewDue: update<Of<'ReviewDue'>>('review_due_at = $4', ({ dueAt }) => [dueAt]),
    ChangeReviewed: update<Of<'ChangeReviewed'>>('close_code = $4', ({ closeCode }) => [closeCode]),
  },
  otherwise: update('id = id'),
});
