import type { DeploymentView } from './deployment.view.ts';
import type { StepView } from './steps.view.ts';

/** How long something took, or has taken so far, beside how long it was to take. */
export type Elapsed = Readonly<{ elapsedSeconds?: number; plannedSeconds?: number; overdueSeconds?: number }>;
type Timed = Readonly<{ startedAt?: string; endedAt?: string; plannedSeconds?: number }>;

/** A deployment and its steps with elapsed against plan, at an instant. */
export const withElapsed = <View extends DeploymentView>(view: View, now: string): View & Elapsed => {
  const { startedAt, finishedAt, settledAt } = view;
  const plannedSeconds = view.steps.reduce((sum, step) => sum + (step.plannedSeconds ?? 0), 0);
  const endedAt = settledAt ?? finishedAt;
  const whole = {
    ...(startedAt && { startedAt }),
    ...(endedAt && { endedAt }),
    ...(plannedSeconds && { plannedSeconds }),
  };
  return { ...view, ...elapsed(whole, now), steps: view.steps.map(step => timed(step, endedAt ?? now)) };
};

const timed = (step: StepView, now: string): StepView & Elapsed => ({ ...step, ...elapsed(step, now) });

const elapsed = ({ startedAt, endedAt, plannedSeconds }: Timed, now: string): Elapsed => {
  const planned = plannedSeconds !== undefined && { plannedSeconds };
  if (startedAt === undefined) return { ...planned };
  const elapsedSeconds = Math.max(0, Math.round((Date.parse(endedAt ?? now) - Date.parse(startedAt)) / 1_000));
  const overdueSeconds = elapsedSeconds - (plannedSeconds ?? elapsedSeconds);
  return { elapsedSeconds, ...planned, ...(overdueSeconds > 0 && { overdueSeconds }) };
};
