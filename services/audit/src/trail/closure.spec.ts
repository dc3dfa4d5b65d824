import fc from 'fast-check';
import { type NextTo, trailOf } from './closure.ts';
import { isHub } from './references.ts';

/** From what came out to what came out of it. */
type Lead = readonly [from: string, to: string];

const along =
  (leads: readonly Lead[]): NextTo =>
  async (streams, direction) =>
    direction === 'out'
      ? leads.filter(([from]) => streams.includes(from)).map(([, to]) => to)
      : leads.filter(([, to]) => streams.includes(to)).map(([from]) => from);

const trail = async (start: string, leads: readonly Lead[]): Promise<readonly string[]> =>
  [...(await trailOf(start, along(leads)))].sort();

test('is the record, what came out of it and what it came out of', async () => {
  const leads: Lead[] = [
    ['release-1', 'change-1'],
    ['change-1', 'deployment-1'],
    ['deployment-1', 'incident-1'],
    ['change-1', 'deployment-2'],
  ];
  expect(await trail('deployment-1', leads)).toEqual(['change-1', 'deployment-1', 'incident-1', 'release-1']);
  expect(await trail('release-1', leads)).toEqual([
    'change-1',
    'deployment-1',
    'deployment-2',
    'incident-1',
    'release-1',
  ]);
});

test('does not go through a service, and stops at one', async () => {
  const leads: Lead[] = [
    ['release-1', 'service-s'],
    ['service-s', 'release-2'],
  ];
  expect(await trail('release-1', leads)).toEqual(['release-1']);
  expect(await trail('service-s', leads)).toEqual(['service-s']);
});

const streams = [
  'release-1',
  'release-2',
  'change-1',
  'change-2',
  'deployment-1',
  'deployment-2',
  'incident-1',
  'alert-1',
  'service-1',
  'person-1',
];
const lead = fc.tuple(fc.constantFrom(...streams), fc.constantFrom(...streams));
const leads = fc.array(lead, { maxLength: 25 });
const start = fc.constantFrom(...streams.filter(stream => !isHub(stream)));

/** Paths by brute force: is there a way from one to the other that has no hub on it? */
const paths = (from: string, to: string, all: readonly Lead[], left = streams.length): boolean =>
  from === to ||
  (left > 0 &&
    !isHub(to) &&
    all.some(
      ([a, b]) =>
        a === from &&
        !isHub(b) &&
        paths(
          b,
          to,
          all.filter(([, end]) => end !== from),
          left - 1,
        ),
    ));

test('holds exactly what a path leads to, or a path leads from', async () => {
  await fc.assert(
    fc.asyncProperty(start, leads, async (from, all) => {
      const expected = streams.filter(
        stream => !isHub(stream) && (paths(from, stream, all) || paths(stream, from, all)),
      );
      expect(await trail(from, all)).toEqual(expected.sort());
    }),
  );
});

test('is the same in whatever order, and however often, the links came', async () => {
  const disturbed = leads.chain(all =>
    fc.tuple(
      fc.constant(all),
      fc.shuffledSubarray(all, { minLength: all.length }).map(again => [...again, ...all.slice(0, 3)]),
    ),
  );
  await fc.assert(
    fc.asyncProperty(start, disturbed, async (from, [all, others]) =>
      expect(await trail(from, others)).toEqual(await trail(from, all)),
    ),
  );
});

test('one is in the trail of the other as the other is in its own; another link never takes away', async () => {
  await fc.assert(
    fc.asyncProperty(start, start, leads, lead, async (a, b, all, more) => {
      const [ofA, ofB] = [await trail(a, all), await trail(b, all)];
      expect(ofA.includes(b)).toBe(ofB.includes(a));
      expect(await trail(a, [...all, more])).toEqual(expect.arrayContaining([...ofA]));
      expect(ofA.filter(isHub)).toEqual([]);
    }),
  );
});
