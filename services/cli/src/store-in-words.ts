import type { Finding } from '@slipway/relay';
import type { JsonObject } from './client.ts';
import type { Session } from './session.ts';
import type { Status, Verified } from './store.ts';
import { table } from './table.ts';

/** What a person asks first when something is slow or stopped. */
export const statusInWords = (status: Status): string => {
  const { head, headAt, incarnation, pending, epochs, sessions, relay, topics, tables } = status;
  const { id, nth, since, afterPosition, openedBy, reason } = incarnation;
  const opened = openedBy ? `, opened by ${openedBy} behind position ${afterPosition}: ${reason}` : '';
  return [
    `Head ${head}${headAt ? `, ${headAt}` : ''}\n`,
    `Log ${id}, the ${nth}. since ${since}${opened}\n`,
    `Pending: ${pending.events} events of ${pending.calls} appends, the oldest for ${seconds(pending.oldestSeconds)}; the table has ${megabytes(pending.bytes)}\n`,
    section('Leaders', [
      table(
        LEADERS,
        sessions.map(session => ({ ...session, leads: session.leads ? 'leads' : 'stands by' })),
      ),
      `Epochs: ${Object.entries(epochs)
        .map(([leader, epoch]) => `${leader} ${epoch}`)
        .join(', ')}\n`,
    ]),
    section('Relay', [
      table(
        RELAY,
        relay.map(each => ({ ...each, behindFor: seconds(each.lagSeconds) })),
      ),
    ]),
    topics
      ? section('Topics', [table(TOPICS, topics as readonly JsonObject[])])
      : '\nKafka was not asked: KAFKA_BROKERS is not set.\n',
    section('Tables', [
      table(
        TABLES,
        tables.map(({ tableBytes, indexBytes, ...each }) => ({
          ...each,
          data: megabytes(tableBytes),
          indexes: megabytes(indexBytes),
        })),
      ),
    ]),
  ].join('');
};

const section = (title: string, parts: readonly string[]): string => `\n${title}\n${parts.join('')}`;
const seconds = (count: number): string => `${count.toFixed(count < 10 ? 1 : 0)} s`;
const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

const LEADERS = [
  ['session', 'application'],
  ['', 'leads'],
  ['pid', 'pid'],
  ['from', 'address'],
  ['since', 'since'],
] as const;
const RELAY = [
  ['topics', 'prefix'],
  ['published', 'position'],
  ['behind', 'lag'],
  ['for', 'behindFor'],
  ['log', 'incarnation'],
] as const;
const TOPICS = [
  ['topic', 'topic'],
  ['partitions', 'partitions'],
  ['records', 'records'],
] as const;
const TABLES = [
  ['table', 'table'],
  ['rows, about', 'rows'],
  ['data', 'data'],
  ['indexes', 'indexes'],
] as const;

/** Every rule with how often it is broken. */
export const verifiedInWords = ({ store, topics }: Verified, paint: Session['paint']): string => {
  const rows = Object.entries({ ...store, ...topics }).map(([rule, count]) => ({ rule, count }));
  const broken = rows.filter(({ count }) => count !== 0);
  const verdict =
    broken.length === 0 ? paint('green', 'Nothing is broken.') : paint('red', `${broken.length} are broken.`);
  const kafka = topics ? '' : '\nKafka was not compared: KAFKA_BROKERS is not set.';
  return `${table(
    [
      ['rule', 'rule'],
      ['violations', 'count'],
    ],
    rows,
  )}${verdict}${kafka}\n`;
};

/** What was found, and what can be done about it. */
export const findingInWords = (finding: Finding, reasons: string): string => {
  const { incarnation, head, last, through } = finding;
  const found = `Log ${incarnation} ends at position ${head}; Kafka has it up to ${last}.`;
  const lost = last > through ? ` ${LOST(through, last)}` : '';
  return `${found}\n${DO[finding.state](finding, reasons)}${lost}\n`;
};

const LOST = (through: number, last: number): string =>
  `Position ${through + 1} never got to Kafka and is lost; so ${through + 1} to ${last} stay out, which takes a new incarnation afterwards.`;

const DO: Readonly<Record<Finding['state'], (finding: Finding, reasons: string) => string>> = {
  'in-step': () => 'Nothing is missing, and nothing is to be done.',
  'tail-on-kafka': ({ head, through }) =>
    through > head
      ? `An older backup was restored: --from-kafka takes back ${head + 1} to ${through}, byte for byte.`
      : 'An older backup was restored.',
  'appended-since': (_finding, reasons) =>
    `The tail can not be taken back: ${reasons}. What is left is --new-incarnation, then another TOPIC_PREFIX, and every consumer rebuilt.`,
  'another-log': (_finding, reasons) =>
    `${reasons}. After --new-incarnation the relay wants another TOPIC_PREFIX; without one before, these topics are not this log's.`,
};
