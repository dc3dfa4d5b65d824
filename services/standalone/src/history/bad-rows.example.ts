/** A line of a table, and why it is refused; without a code it is imported. */
type Line = Readonly<{ line: string | Uint8Array; code?: string }>;

export const TABLE_HEAD = 'Build,Application,Stage,Asked,Start,End,Result,Kind,Traffic,Commit,Url,Version';

export const MAPPING = `
system: jenkins
fields:
  key: Build
  service: Application
  environment: Stage
  requestedAt: { column: Asked, format: epoch-seconds }
  startedAt: { column: Start, timeZone: Europe/Berlin }
  finishedAt: End
  outcome: { column: Result, words: { OK: succeeded, KO: failed } }
  kind: Kind
  tookTraffic: Traffic
  commit: Commit
  url: Url
  version: Version
`;

const GOOD = {
  Build: 'x',
  Application: 'checkout',
  Stage: 'production',
  Asked: '1740945600',
  Start: '2025-03-02 21:10:00',
  End: '2025-03-02T20:20:00Z',
  Result: 'OK',
  Kind: 'planned',
  Traffic: 'yes',
  Commit: '6113728f27ae82c7b1a177c8d03f9e96e0adf246',
  Url: 'https://ci.example/builds/7',
  Version: '2.4.0',
};

const line = (Build: string, other: Partial<typeof GOOD> = {}): string =>
  Object.values({ ...GOOD, Build, ...other }).join(',');
const bad = (code: string, text: string | Uint8Array): Line => ({ line: text, code });

/** Everything that a table gets wrong, with good lines between. */
export const BAD_LINES: readonly Line[] = [
  { line: line('first') },
  bad('unknown-service', line('1', { Application: 'nobody' })),
  bad('ambiguous-service', line('2', { Application: 'twin' })),
  bad('unknown-environment', line('3', { Stage: 'nowhere' })),
  bad('time-without-zone', line('4', { End: '2025-03-02 21:20:00' })),
  // Clocks of Berlin went from 2:00 to 3:00, and from 3:00 back to 2:00.
  bad('no-such-time', line('5', { Start: '2025-03-30 02:30:00' })),
  bad('ambiguous-time', line('6', { Start: '2025-10-26 02:30:00' })),
  bad('no-such-time', line('7', { Start: '2025-02-30 10:00:00' })),
  bad('unreadable-time', line('8', { Start: 'yesterday' })),
  bad('unreadable-time', line('9', { Asked: '12 o’clock' })),
  bad('too-long-ago', line('10', { Asked: '-86400' })),
  bad('in-the-future', line('11', { End: '2999-01-01T00:00:00Z' })),
  bad('field-missing', line('')),
  bad('imported-differently', line('first', { Result: 'KO' })),
  bad('invalid-fields', line('k'.repeat(201))),
  bad('invalid-fields', line('red \u001b[31m')),
  bad('invalid-text', line('12', { Version: '2.4\u0000' })),
  bad('wrong-number-of-fields', '13,checkout,production'),
  bad('wrong-number-of-fields', `${line('14')},more`),
  bad('broken-quotes', line('15', { Version: '"2.4' })),
  bad('broken-quotes', line('16', { Version: '"2.4" beta' })),
  bad('invalid-utf-8', Buffer.from(line('17', { Version: 'Z\u00fcrich' }), 'latin1')),
  bad('unknown-word', line('18', { Result: 'MAYBE' })),
  bad('unknown-word', line('19', { Traffic: 'perhaps' })),
  bad('invalid-fields', line('20', { Kind: 'big' })),
  bad('invalid-fields', line('21', { Url: 'javascript:alert(1)' })),
  bad('invalid-fields', line('22', { Commit: 'main' })),
  bad('invalid-fields', line('23', { Start: '' })),
  bad('invalid-fields', line('24', { Result: '' })),
  bad('record-too-long', line('25', { Version: 'v'.repeat(250_000) })),
  bad('record-too-long', line('26', { Version: 'v'.repeat(1_200_000) })),
  bad('field-missing', ',,,,,,,,,,,'),
  { line: line('backwards', { End: '2025-03-02T20:00:00Z' }) },
  { line: line('last', { Asked: '', Traffic: '', Commit: '', Url: '', Version: '', Kind: '' }) },
];

/** What is on a line, and why it is refused. */
type Row = readonly [line: string | object, code?: string];

const deployment = (key: string, other: object = {}): object => ({
  key,
  service: 'checkout',
  environment: 'production',
  startedAt: '2025-03-02T20:00:00Z',
  finishedAt: '2025-03-02T20:20:00Z',
  outcome: 'succeeded',
  ...other,
});
const nested = (depth: number): object => (depth === 0 ? {} : { deeper: nested(depth - 1) });

export const BAD_RECORDS: readonly Row[] = [
  [deployment('good')],
  ['{"key": ', 'malformed-json'],
  ['[1, 2]', 'no-object'],
  ['"text"', 'no-object'],
  ['null', 'no-object'],
  ['{}', 'invalid-fields'],
  [nested(40), 'too-deep'],
  ['{"key":"x","__proto__":{}}', 'forbidden-name'],
  ['{"key":"\\ud800"}', 'invalid-text'],
  [deployment('1', { startedAt: 1_740_945_600 }), 'invalid-fields'],
  [deployment('2', { startedAt: '2025-03-02T20:00:00' }), 'invalid-fields'],
  [deployment('3', { color: 'red' }), 'invalid-fields'],
  [deployment('4', { digests: ['latest'] }), 'invalid-fields'],
  [deployment('5', { commits: [{ sha: 'main', committedAt: '2025-03-02T20:00:00Z' }] }), 'invalid-fields'],
  [deployment('6', { change: 'CHG1' }), 'invalid-fields'],
  [deployment('7', { tookTraffic: 'perhaps' }), 'invalid-fields'],
  [{ id: 7, entry_id: 'tag:7', title: 'An incident of a status page' }, 'other-kind'],
  [deployment('8', { version: 'v'.repeat(300_000) }), 'record-too-long'],
  [`{"key":"${'9'.repeat(5_000_000)}"}`, 'record-too-long'],
  [deployment('good', { outcome: 'failed' }), 'imported-differently'],
  [deployment('also good')],
];

const incident = (key: string, other: object = {}): object => ({
  key,
  title: 'Checkout answers with errors',
  severity: 'high',
  services: ['checkout'],
  detectedAt: '2025-03-02T20:20:00Z',
  resolvedAt: '2025-03-02T21:00:00Z',
  ...other,
});

export const BAD_INCIDENTS: readonly Row[] = [
  [incident('good')],
  [incident('1', { severity: 'SEV-1' }), 'invalid-fields'],
  [incident('2', { services: [] }), 'invalid-fields'],
  [incident('3', { services: ['checkout', 'nobody'] }), 'unknown-service'],
  [incident('4', { services: ['twin'] }), 'ambiguous-service'],
  [incident('5', { environment: 'nowhere' }), 'unknown-environment'],
  [incident('6', { title: undefined }), 'invalid-fields'],
  [incident('7', { title: 'Two\nlines' }), 'invalid-fields'],
  [incident('8', { title: 't'.repeat(201) }), 'invalid-fields'],
  [incident('9', { detectedAt: undefined }), 'invalid-fields'],
  [incident('10', { detectedAt: '2999-01-01T00:00:00Z' }), 'in-the-future'],
  [incident('11', { impactStartedAt: '1970-01-01T00:00:00Z' }), 'too-long-ago'],
  [incident('12', { canceled: 'bored' }), 'invalid-fields'],
  [incident('13', { causes: [{ kind: 'gremlins' }] }), 'invalid-fields'],
  [incident('14', { causes: [{ kind: 'change', record: { key: '' } }] }), 'invalid-fields'],
  [incident('15', { major: 'very' }), 'invalid-fields'],
  [incident('good', { severity: 'low' }), 'imported-differently'],
  [incident('backwards', { resolvedAt: '2025-03-02T20:00:00Z' })],
];

const change = (key: string, other: object = {}): object => ({
  key,
  title: 'Checkout 2.4',
  model: 'normal',
  services: ['checkout'],
  requestedAt: '2025-02-24T09:00:00Z',
  state: 'closed',
  closedAt: '2025-03-03T10:00:00Z',
  closeCode: 'successful',
  ...other,
});

export const BAD_CHANGES: readonly Row[] = [
  [change('good')],
  [change('1', { model: 'tiny' }), 'invalid-fields'],
  [change('2', { state: 'lost' }), 'invalid-fields'],
  [change('3', { closeCode: 'fine' }), 'invalid-fields'],
  [change('4', { riskLevel: 7 }), 'invalid-fields'],
  [change('5', { requestedAt: undefined, closedAt: undefined }), 'no-moment'],
  [change('6', { services: ['nobody'] }), 'unknown-service'],
  [change('7', { environments: ['nowhere'] }), 'unknown-environment'],
  [change('8', { title: '' }), 'invalid-fields'],
  [change('9', { closedAt: '2025-02-30T10:00:00Z' }), 'invalid-fields'],
  [change('10', { closedAt: '2999-01-01T00:00:00Z' }), 'in-the-future'],
  [change('11', { breakGlass: 'maybe' }), 'invalid-fields'],
  [change('12', { url: 'ftp://files.example/12' }), 'invalid-fields'],
  [change('good', { model: 'standard' }), 'imported-differently'],
  [change('backwards', { closedAt: '2025-02-20T10:00:00Z' })],
];
