import type { Json, JsonObject } from './client.ts';
import type { Session } from './session.ts';
import { inWords } from './table.ts';

/** Where a deployment stands, on a line; and why, when it waits or has failed. */
export const deploymentInWords = (deployment: JsonObject, paint: Session['paint']): string => {
  const { number, id, state, decision, reason } = deployment;
  const reasons = state === 'Waiting' ? inWords((decision as JsonObject | undefined)?.['reasons']) : inWords(reason);
  return `${inWords(number ?? id)} ${painted(inWords(state), paint)}${reasons && `: ${reasons}`}\n`;
};

/** What has become of it: the event, and how far its steps are. */
export const updateInWords = ({ event, deployment }: JsonObject, paint: Session['paint']): string => {
  const { type, occurredAt } = (event ?? {}) as JsonObject;
  const record = deployment as JsonObject;
  const steps = listOf(record['steps']).filter(({ state }) => state === 'running');
  const words = [inWords(occurredAt), inWords(type), ...steps.map(stepInWords)].filter(each => each !== '');
  return `${deploymentInWords(record, paint).trimEnd()}${words.length > 0 ? `  ${words.join('  ')}` : ''}\n`;
};

const stepInWords = ({ step, percent, errors, maxErrors, thresholdExceededAt }: JsonObject): string => {
  const progress = percent === undefined ? '' : ` ${inWords(percent)} %`;
  const most = maxErrors === undefined ? '' : ` of at most ${inWords(maxErrors)}`;
  const failures = errors === undefined ? '' : `, ${inWords(errors)} errors${most}`;
  return `${inWords(step)}${progress}${failures}${thresholdExceededAt ? ', too many' : ''}`;
};

const listOf = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? (value as readonly JsonObject[]) : [];

const COLORS = { Succeeded: 'green', Failed: 'red', RolledBack: 'red', Waiting: 'yellow' } as const;
const painted = (state: string, paint: Session['paint']): string => {
  const color = COLORS[state as keyof typeof COLORS];
  return color ? paint(color, state) : state;
};
