import type { ChangeEvent } from '@slipway/contracts';
import type { Recorded, Stamp } from '@slipway/event-sourcing';
import { withoutStamp } from './without-stamp.ts';

type Of<Type extends ChangeEvent['type']> = Extract<ChangeEvent, { type: Type }>;
type FactsOf<Type extends ChangeEvent['type']> = Omit<Of<Type>['data'], keyof Stamp>;
export type WorkEvent = Extract<
  ChangeEvent,
  { type: 'ChangePlanned' | `ChangeTask${string}` | `RelatedRecord${string}` }
>;

export type TaskView = Omit<FactsOf<'ChangeTaskAdded'>, 'taskId'> &
  Readonly<{ id: string; state: 'Open' | 'Done' | 'Dropped'; note?: string; reason?: string }>;

/** How it is to be done, and what it has to do with. */
export type WorkView = Readonly<{
  plans: readonly FactsOf<'ChangePlanned'>[];
  /** By their order. */
  tasks: readonly TaskView[];
  relatedRecords: readonly FactsOf<'RelatedRecordLinked'>[];
}>;

export const noWork: WorkView = { plans: [], tasks: [], relatedRecords: [] };

export const isWork = (event: ChangeEvent): event is WorkEvent =>
  event.type === 'ChangePlanned' || event.type.startsWith('ChangeTask') || event.type.startsWith('RelatedRecord');

export const workAfter = (
  { plans, tasks, relatedRecords }: WorkView,
  event: Recorded<WorkEvent>,
): Partial<WorkView> => {
  switch (event.type) {
    case 'ChangePlanned':
      return { plans: [...plans.filter(({ kind }) => kind !== event.data.kind), withoutStamp(event.data)] };
    case 'RelatedRecordLinked':
      return { relatedRecords: [...without(relatedRecords, event.data), withoutStamp(event.data)] };
    case 'RelatedRecordUnlinked':
      return { relatedRecords: without(relatedRecords, event.data) };
    default:
      return { tasks: [...tasksAfter(tasks, event)].sort((one, other) => one.order - other.order) };
  }
};

type Related = Pick<FactsOf<'RelatedRecordLinked'>, 'record' | 'recordId'>;

const without = (related: WorkView['relatedRecords'], { record, recordId }: Related): WorkView['relatedRecords'] =>
  related.filter(each => each.record !== record || each.recordId !== recordId);

const tasksAfter = (
  tasks: readonly TaskView[],
  event: Extract<WorkEvent, { type: `ChangeTask${string}` }>,
): readonly TaskView[] => {
  const { taskId: id, ...said } = withoutStamp(event.data);
  switch (event.type) {
    case 'ChangeTaskAdded': {
      const { taskId: _, ...task } = withoutStamp(event.data);
      return [...tasks, { id, ...task, state: 'Open' }];
    }
    case 'ChangeTaskMoved':
    case 'ChangeTaskAssigned':
      return changed(tasks, id, said);
    case 'ChangeTaskDone':
      return changed(tasks, id, { ...said, state: 'Done' });
    case 'ChangeTaskDropped':
      return changed(tasks, id, { ...said, state: 'Dropped' });
  }
};

const changed = (tasks: readonly TaskView[], id: string, to: Partial<TaskView>): readonly TaskView[] =>
  tasks.map(task => (task.id === id ? { ...task, ...to } : task));
