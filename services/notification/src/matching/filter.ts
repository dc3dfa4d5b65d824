import type { CloudEvent, SubscriptionFilter } from '@slipway/contracts';
import { type Evaluated, evaluate } from './expression.ts';
import type { Subject } from './subject.ts';

/** Whether a subscriber is told of an event. A failing expression tells nobody. */
export const matches = (filter: SubscriptionFilter, event: CloudEvent, subject: Subject): Evaluated => {
  const { types, serviceIds, environmentIds, severities, expression } = filter;
  // Nobody is told of history, but who names a type in whole.
  if (subject.imported && !types?.includes(event.type)) return false;
  if (types && !types.some(pattern => isOfType(pattern, event.type))) return false;
  if (serviceIds && !meet(serviceIds, subject.serviceIds)) return false;
  if (environmentIds && !meet(environmentIds, subject.environmentIds)) return false;
  if (severities && !meet(severities, subject.severity ? [subject.severity] : [])) return false;
  return expression === undefined || evaluate(expression, event);
};

const isOfType = (pattern: string, type: string): boolean =>
  pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern;

const meet = (wanted: readonly string[], has: readonly string[]): boolean => wanted.some(each => has.includes(each));
