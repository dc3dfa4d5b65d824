import { categoryOf, idOf, type Message } from '@slipway/event-sourcing';

/** What a record is about, as far as its events have said so. */
export type Subject = Readonly<{
  serviceIds: readonly string[];
  environmentIds: readonly string[];
  severity?: string;
  title?: string;
  /** A record of history. */
  imported?: true;
}>;

export const UNKNOWN: Subject = { serviceIds: [], environmentIds: [] };
const MOST = 500;
const DEEPEST = 4;

/** The subject after one more event. What a service depends on, and what a cause is thought to be, is not what a record is about. */
export const subjectAfter = (subject: Subject, { type, stream, data }: Message & { stream: string }): Subject => {
  const said = saidIn(data, 0);
  const own = { service: 'serviceIds', environment: 'environmentIds' }[categoryOf(stream)];
  const { severity, title = subject.title } = data as Readonly<{ severity?: unknown; title?: unknown }>;
  return {
    serviceIds: union(subject.serviceIds, said.serviceIds, own === 'serviceIds' ? [idOf(stream)] : []),
    environmentIds: union(subject.environmentIds, said.environmentIds, own === 'environmentIds' ? [idOf(stream)] : []),
    ...(isSeverity(severity) && !ELSEWHERE.has(type) ? { severity } : severityOf(subject)),
    ...(typeof title === 'string' && { title }),
    ...((subject.imported || IMPORTED.test(type)) && { imported: true }),
  };
};

// DeploymentImported, IncidentImported, ChangeImported.
const IMPORTED = /^[A-Z][a-z]+Imported$/;

type Said = Readonly<{ serviceIds: readonly string[]; environmentIds: readonly string[] }>;

const SEVERITIES = ['critical', 'high', 'medium', 'low'];
const isSeverity = (value: unknown): value is string => typeof value === 'string' && SEVERITIES.includes(value);
const severityOf = ({ severity }: Subject) => (severity === undefined ? {} : { severity });

/** An alert's severity is a word of its tool. */
const ELSEWHERE: ReadonlySet<string> = new Set(['AlertReported']);
const NOT_ABOUT: ReadonlySet<string> = new Set(['dependencies', 'candidates', 'difference', 'filter', 'scope']);

// By the names of fields, which mean the same in every contract.
const saidIn = (value: unknown, depth: number): Said => {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return UNKNOWN;
  if (Array.isArray(value)) return joined(value.slice(0, MOST).map(item => saidIn(item, depth + 1)));
  const parts = Object.entries(value).map(([name, inner]): Said => {
    if (NOT_ABOUT.has(name)) return UNKNOWN;
    if (name === 'serviceId' || name === 'serviceIds') return { ...UNKNOWN, serviceIds: texts(inner) };
    if (name === 'environmentId' || name === 'environmentIds') return { ...UNKNOWN, environmentIds: texts(inner) };
    return saidIn(inner, depth + 1);
  });
  return joined(parts);
};

const texts = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter(each => typeof each === 'string');

const joined = (parts: readonly Said[]): Said => ({
  serviceIds: parts.flatMap(part => part.serviceIds),
  environmentIds: parts.flatMap(part => part.environmentIds),
});

const union = (...lists: readonly (readonly string[])[]): readonly string[] =>
  [...new Set(lists.flat())].slice(0, MOST);
