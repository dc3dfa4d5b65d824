import { recordLines } from './record-lines.ts';
import { type Line, type Lines, OPTION_OF_FILE, optionsOf } from './line.ts';
import { readingLine } from './reading-lines.ts';
import { releaseLines } from './release-lines.ts';
import type { Body } from './walker.ts';

// What somebody types where a program would send a request: the walk is told once, and done in both ways.

/** The records by what their path is called. */
const RECORDS: Readonly<Record<string, string>> = {
  releases: 'release',
  'release-trains': 'train',
  changes: 'change',
  deployments: 'deployment',
  incidents: 'incident',
  problems: 'problem',
  reviews: 'review',
};

/** The line for a request; undefined: there is none. */
export const lineFor = (method: string, path: string, body: Body): Line | undefined => {
  if (method === 'get') return readingLine(path, RECORDS);
  const [, plural = '', id = '', action = '', ...others] = path.slice(1).split('/');
  if (plural === 'decisions') return gate(body, id !== 'preview');
  const record = RECORDS[plural];
  if (record === undefined) return undefined;
  if (method === 'put') return { words: [record, 'keep', action, ...others, ...OPTION_OF_FILE], input: body };
  if (method === 'patch') return describe(record, id, body);
  if (action === 'steps') return stepOf(id, others, body);
  if (id === '') return OPENING[record]?.(record, body);
  return (LINES[`${record} ${action}`] ?? LINES[action] ?? plain(action))(`${record}`, id, body);
};

const LINES: Lines = { ...releaseLines, ...recordLines };

const plain =
  (action: string): Lines[string] =>
  (record, id, { occurredAt: at, dueAt: due, ...said }) => ({
    words: [record, action, id, ...optionsOf({ ...said, at, due })],
  });

const describe = (record: string, id: string, { labels: label, externalRefs = [], ...said }: Body): Line => {
  const ref = (externalRefs as readonly { system: string; key: string }[]).map(({ system, key }) => `${system}:${key}`);
  return { words: [record, 'describe', id, ...optionsOf({ ...said, label, ref })] };
};

const gate = ({ digests: digest, ...said }: Body, enforce: boolean): Line => ({
  words: ['gate', ...optionsOf({ ...said, digest, enforce })],
});

const stepOf = (id: string, [name = '', is = '']: readonly string[], { occurredAt: at, ...said }: Body): Line => ({
  words: ['deployment', 'step', id, name, ...optionsOf({ is, ...said, at })],
});

type Opening = (record: string, body: Body) => Line;

const OPENING: Readonly<Record<string, Opening>> = {
  release: (record, { title, changeModel: model, ...said }) => ({
    words: [record, 'draft', title, ...optionsOf({ ...said, model })],
  }),
  train: (record, { title, cadence: { durationMinutes: minutes, ...cadence } }) => ({
    words: [record, 'plan', title, ...optionsOf({ ...cadence, minutes })],
  }),
  change: (record, body) => ({ words: [record, 'raise', ...OPTION_OF_FILE], input: body }),
  deployment: (record, { digests: digest, baseDigests: baseDigest, version: artifactVersion, steps, ...said }) => ({
    words: [record, 'request', ...optionsOf({ ...said, digest, baseDigest, artifactVersion, steps: steps && '-' })],
    input: steps,
  }),
  incident: (record, { services: service, ...said }) => ({
    words: [record, 'open', ...optionsOf({ ...said, service })],
  }),
  problem: (record, { services: service, incidents: incident, ...said }) => ({
    words: [record, 'open', ...optionsOf({ ...said, service, incident })],
  }),
};
