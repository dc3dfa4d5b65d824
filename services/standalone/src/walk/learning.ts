import type { Cast } from './cast.ts';
import type { Walk } from './walker.ts';

const PRB1 = '/v1/problems/PRB-1';
const PIR1 = '/v1/reviews/PIR-1';

/** What is behind the incident, how to live with it, and what ends it. */
export const solveTheProblem = async ({ nina }: Cast): Promise<void> => {
  await nina.posts(
    'Nina opens a problem behind the incident',
    '/v1/problems',
    { title: 'Prices may be null', services: ['checkout'], incidents: ['INC-1'] },
    { number: 'PRB-1', state: 'Open', incidentIds: [expect.any(String)] },
  );
  await nina.posts(
    'There is a way to live with it',
    `${PRB1}/record-workaround`,
    { workaround: 'Empty the basket.' },
    { workaround: 'Empty the basket.' },
  );
  await nina.posts(
    'It is a known error',
    `${PRB1}/declare-known-error`,
    { rootCause: 'A column without a default.' },
    { state: 'KnownError', rootCause: 'A column without a default.' },
  );
  await nina.posts('The hotfix is to resolve it', `${PRB1}/link-change`, { change: 'CHG-3' }, { changeIds: [{}] });
  await nina.posts('It did', `${PRB1}/resolve`, { change: 'CHG-3' }, { state: 'Resolved' });
  await nina.posts('It did not for old baskets', `${PRB1}/reopen`, { reason: 'Old baskets.' }, { state: 'KnownError' });
  await nina.posts('Now it did', `${PRB1}/resolve`, { change: 'CHG-3', note: 'All emptied.' }, { state: 'Resolved' });
  await nina.posts('and is closed', `${PRB1}/close`, {}, { state: 'Closed' });
};

/** Due by itself, since the incident was a major one; over when nothing is left to do. */
export const holdTheReview = async (walk: Walk, { nina }: Cast): Promise<void> => {
  await nina.sees('One review is due: a change caused it, and it was a major one', '/v1/reviews?incident=INC-1', {
    items: [{ number: 'PIR-1', state: 'Due', occasion: 'change-caused-incident' }],
  });
  await nina.isRefused('Nothing is complete that was not held', 'review-not-held', `${PIR1}/complete`);
  await nina.posts(
    'The call center has something to say',
    `${PIR1}/give-feedback`,
    { text: 'Nobody told us what to say.' },
    { feedback: [{ text: 'Nobody told us what to say.' }] },
  );
  await nina.posts(
    'The review is held',
    `${PIR1}/hold`,
    { attendees: ['ivy@shop.example', 'dana@shop.example'], occurredAt: walk.at(110) },
    { state: 'Held' },
  );
  await nina.posts(
    'What went badly is written down',
    `${PIR1}/record-finding`,
    { kind: 'went-badly', text: 'A canary with too many errors went on.' },
    { findings: [{ kind: 'went-badly' }] },
  );
  await act({ nina });
};

const act = async ({ nina }: Pick<Cast, 'nina'>): Promise<void> => {
  const { actions } = await nina.posts(
    'There is something to do',
    `${PIR1}/add-action`,
    { title: 'Stop a canary that has too many errors', owner: 'dana@shop.example' },
    { state: 'ActionsOpen', actions: [{ state: 'open' }] },
  );
  await nina.isRefused('Until it is done the review is open', 'actions-open', `${PIR1}/complete`);
  await nina.posts(
    'It is done',
    `${PIR1}/complete-action`,
    { task: actions[0].taskId },
    { actions: [{ state: 'done' }] },
  );
  await nina.posts('Nothing is left to do', `${PIR1}/complete`, {}, { state: 'Completed' });
};
