import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { normalReport, type NormalTrail, normalTrail } from './distributed/normal.ts';
import { mistakesIn } from './distributed/described.ts';
import { type PublishedRecord, publishedRecords, storedRows } from './distributed/records.ts';
import { settled } from './distributed/settled.ts';
import { lookedAgain, type Standing, startStandalone } from './distributed/stage.ts';
import { ALL, type ServiceName, startSystem, type System } from './distributed/system.ts';
import { difference } from './story/by-hand.ts';
import { tell, type Told } from './story/story.ts';

const withKafka = process.env['KAFKA_BROKERS'] ? describe : describe.skip;

/** What a story left behind, but for what may differ from run to run. */
type Left = Readonly<{ trail: NormalTrail; reports: unknown; byHand: readonly string[] }>;

const leftBy = ({ trail, reports }: Told): Left => ({
  trail: normalTrail(trail),
  reports: Object.fromEntries(Object.entries(reports).map(([name, report]) => [name, normalReport(report)])),
  byHand: difference(reports),
});

/**
 * Steps after which the story waits until nothing moves: a change follows its release as that is when it looks, and a run
 * is matched while its tool goes on telling. Without a pause it is a matter of the moment which of the two comes first.
 */
const PAUSES = /^(The artifact changes|GitHub)/;

type Hook = (step: string) => Promise<void>;

/** Tells the story, and answers what it left once nothing moves any more. */
const told = async (stage: Standing, after: Hook = () => Promise.resolve()): Promise<Left> => {
  let step = '';
  const words = await tell({
    ...stage,
    say: line => (step = line.trim()),
    between: async () => {
      await after(step);
      if (PAUSES.test(step)) await settled(stage);
    },
  });
  await settled(stage);
  return leftBy(await lookedAgain(stage, words));
};

let standalone: Left;

beforeAll(async () => {
  const stage = await startStandalone();
  try {
    standalone = await told(stage);
  } finally {
    await stage.stop();
  }
});

test('in one process the report is the one that was worked out by hand', () => {
  expect(standalone.byHand).toEqual([]);
});

withKafka('every service as its own process, through a broker', () => {
  let system: System;
  let left: Left;
  let records: readonly PublishedRecord[];
  let rows: readonly Buffer[];

  beforeAll(async () => {
    system = await startSystem();
    left = await told(system);
    records = await publishedRecords(system);
    rows = await storedRows(system);
  });
  afterAll(() => system?.stop());

  test('gives the same trail', () => {
    expect(Object.keys(left.trail).length).toBeGreaterThan(5);
    expect(left.trail).toEqual(standalone.trail);
  });

  test('gives the same reports, which are those worked out by hand', () => {
    expect(left.byHand).toEqual([]);
    expect(left.reports).toEqual(standalone.reports);
  });

  test('everything stored is published once', () => {
    expect(rows.length).toBeGreaterThan(100);
    expect(new Set(records.map(({ headers }) => String(headers['ce_id']))).size).toBe(rows.length);
    expect(records).toHaveLength(rows.length);
  });

  test('every record is as the AsyncAPI file describes it', () => {
    expect(records.flatMap(record => mistakesIn(record, system.broker.prefix))).toEqual([]);
  });

  test('the check of records finds what is wrong', () => {
    const [first] = records;
    const { ce_type: _, ...headers } = first!.headers;
    expect(mistakesIn({ ...first!, headers }, system.broker.prefix)).not.toEqual([]);
    expect(mistakesIn({ ...first!, value: Buffer.from('{"x":1}') }, system.broker.prefix)).not.toEqual([]);
    expect(mistakesIn({ ...first!, topic: `${system.broker.prefix}.others` }, system.broker.prefix)).not.toEqual([]);
  });

  test('no name, e-mail or account of its people stands in the events or on Kafka', () => {
    const onKafka = records.map(({ key, value, headers }) => Buffer.concat([key, value, ...Object.values(headers)]));
    for (const place of [rows, onKafka]) {
      expect(found('Express checkout', place)).toBeGreaterThan(0); // so the search can find
      expect(people().filter(text => found(text, place) > 0)).toEqual([]);
    }
  });
});

withKafka('and while each of them is killed once', () => {
  test('it gives the same trail and the same reports', async () => {
    const system = await startSystem();
    const killed: ServiceName[] = [];
    try {
      const left = await told(system, async step => {
        const next = KILLS.find(({ service, after }) => after.test(step) && !killed.includes(service));
        if (!next) return;
        killed.push(next.service);
        await system.kill(next.service);
      });
      await system.serving();
      expect(killed.toSorted()).toEqual(ALL.toSorted());
      expect(left.byHand).toEqual([]);
      expect(left.trail).toEqual(standalone.trail);
      expect(left.reports).toEqual(standalone.reports);
    } finally {
      await system.stop();
    }
  });

  // Each right after it has answered, or has been told, something that others still have to hear of.
  const KILLS: readonly Readonly<{ service: ServiceName; after: RegExp }>[] = [
    { service: 'catalog', after: /imports catalog/ },
    { service: 'planning', after: /schedules it into a window/ },
    { service: 'change-approval', after: /^Quinn approves/ },
    { service: 'relay', after: /^Omar approves/ },
    { service: 'deployment-execution', after: /^It is rolled out/ },
    { service: 'metrics', after: /it has succeeded/ },
    { service: 'incident-correlation', after: /^Alertmanager/ },
    { service: 'audit', after: /resolves the incident/ },
    { service: 'notification', after: /^Rita says go/ },
  ];
});

type Catalog = Readonly<{
  people: readonly Readonly<{ name: string; email: string; accounts: readonly string[] }>[];
  serviceAccounts: readonly Readonly<{ name: string; accounts: readonly string[] }>[];
}>;

/** Everything that says who somebody is: names, family names, e-mails, accounts with and without their system. */
const people = (): readonly string[] => {
  const catalog = new URL('../story/catalog.yaml', import.meta.url);
  const { people: persons, serviceAccounts } = parse(readFileSync(catalog, 'utf8')) as Catalog;
  const accounts = [...persons, ...serviceAccounts].flatMap(each => each.accounts);
  return [
    ...[...persons, ...serviceAccounts].map(({ name }) => name),
    ...persons.flatMap(({ name, email }) => [...name.split(' '), email]),
    ...accounts,
    ...accounts.map(account => account.slice(account.indexOf(':') + 1)),
    'boutique.example', // of anybody's e-mail: who has a token and stands in no catalog, and the author of the commits
    'Codertocat', // of GitHub's payload
  ];
};

/** In how many of these the text stands as a word of its own, in whatever case. */
const found = (text: string, places: readonly Buffer[]): number => {
  const literal = text.replaceAll(/[^A-Za-z0-9]/g, '\\$&');
  const word = new RegExp(`(?<![A-Za-z0-9])${literal}(?![A-Za-z0-9])`, 'i');
  return places.filter(bytes => word.test(bytes.toString('latin1'))).length;
};
