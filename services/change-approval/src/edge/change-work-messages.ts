import type { changeApprovalV1 as v1 } from '@slipway/contracts';
import { timestampOf } from '@slipway/edge';
import type { WorkView } from '../read/change-work.view.ts';

const planMessage = ({ kind, steps, digest, minutes }: WorkView['plans'][number]): v1.WrittenPlan => ({
  kind,
  steps: steps ?? '',
  digest,
  ...(minutes !== undefined && { minutes }),
});

const taskMessage = ({ id, title, state, order, ...task }: WorkView['tasks'][number]): v1.Task => ({
  id,
  title,
  description: task.description ?? '',
  state,
  order,
  owner: task.owner ?? '',
  dueAt: task.dueAt === undefined ? undefined : timestampOf(task.dueAt),
  note: task.note ?? '',
  reason: task.reason ?? '',
});

/** Plans, tasks and related records of a change. */
export const workMessage = ({ plans, tasks, relatedRecords }: WorkView) => ({
  plans: plans.map(planMessage),
  tasks: tasks.map(taskMessage),
  relatedRecords: relatedRecords.map(({ record, recordId, relation }) => ({ record, recordId, relation })),
});
