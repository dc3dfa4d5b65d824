import type { Message } from '@slipway/event-sourcing';
import fc from 'fast-check';
import { MAX_DATA_BYTES, MAX_ENVELOPE_BYTES } from './admission.ts';
import { event, fresh, started } from './contract-samples.ts';
import { AppendRefused, type EventStore, VersionConflict } from './event-store.ts';
import { logContract } from './log.contract.ts';
import { storeModelContract } from './store-model.contract.ts';

/** A store of its own for one suite. `upcast` is what it shall read through, else the contracts' own. */
export type OpenStore = (upcast?: (event: Message) => Message) => Promise<Opened>;
export type Opened = Readonly<{ store: EventStore; close: () => Promise<void> }>;

/** What every store does. Run with the model of the tests and with PostgreSQL. */
export const eventStoreContract = (name: string, open: OpenStore): void => {
  describe(name, () => {
    let opened: Opened;
    let store: EventStore;

    beforeAll(async () => {
      opened = await open();
      ({ store } = opened);
    });
    afterAll(() => opened.close());

    describe('a stream', () => {
      test('that nobody wrote to is empty, at version 0', async () => {
        expect(await store.read(fresh())).toEqual({ events: [], version: 0 });
      });

      test('gives back what was appended, with its envelope', async () => {
        const stream = fresh();
        const envelope = { causationId: 'cause', traceparent: '00-1-2-01', key: 'k', request: 'r' };
        const [first, second] = [event({ name: 'a' }, envelope), event({ name: 'ä "quoted" \\ 🚢' })];
        expect(await store.append([started(stream, first, second)])).toEqual(new Map([[stream, 2]]));
        expect(await store.read(stream)).toEqual({
          version: 2,
          events: [
            {
              type: 'ServiceSeen',
              data: { name: 'a' },
              id: first.id,
              stream,
              version: 1,
              correlationId: 'correlation',
              ...envelope,
            },
            { type: 'ServiceSeen', data: second.data, id: second.id, stream, version: 2, correlationId: 'correlation' },
          ],
        });
      });

      test('is read from a version on, and says its version beyond its end', async () => {
        const stream = fresh();
        await store.append([started(stream, event(), event(), event())]);
        expect((await store.read(stream, 3)).events.map(({ version }) => version)).toEqual([3]);
        expect(await store.read(stream, 4)).toEqual({ events: [], version: 3 });
      });

      test('keeps any JSON as it was', async () => {
        const data = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ stringUnit: 'grapheme' }));
        await fc.assert(
          fc.asyncProperty(data, async value => {
            fc.pre(!JSON.stringify(value).includes('\\u0000'));
            const stream = fresh();
            await store.append([started(stream, event(value))]);
            expect((await store.read(stream)).events[0]?.data).toEqual(JSON.parse(JSON.stringify(value)));
          }),
          { numRuns: 50 },
        );
      });

      test('is read as today understands it', async () => {
        const upcast = ({ type, data }: Message): Message =>
          type === 'Old' ? { type: 'New', data: { ...data, added: 1 } } : { type, data };
        const { store: upcasting, close } = await open(upcast);
        const stream = fresh();
        await upcasting.append([started(stream, event({ kept: 2 }, {}, 'Old'))]);
        const today = { type: 'New', data: { kept: 2, added: 1 }, version: 1 };
        expect((await upcasting.read(stream)).events).toMatchObject([today]);
        expect(await upcasting.readLog((await upcasting.settledHead(5_000)) - 1, 1)).toMatchObject([today]);
        await close();
      });
    });

    describe('an append', () => {
      test.each([
        ['no-stream', 0, true],
        ['no-stream', 2, false],
        ['stream-exists', 0, false],
        ['stream-exists', 2, true],
        ['any', 0, true],
        ['any', 2, true],
        [0, 0, true],
        [1, 2, false],
        [2, 2, true],
        [3, 2, false],
        [1, 0, false],
      ] as const)('that expects %s of a stream at version %i goes through: %s', async (expected, version, passes) => {
        const stream = fresh();
        if (version > 0) await store.append([started(stream, ...Array.from({ length: version }, () => event()))]);
        const append = store.append([{ stream, expect: expected, events: [event()] }]);
        if (passes) expect(await append).toEqual(new Map([[stream, version + 1]]));
        else await expect(append).rejects.toEqual(new VersionConflict(stream));
        expect((await store.read(stream)).version).toBe(passes ? version + 1 : version);
      });

      test('writes all its streams, or none', async () => {
        const [a, b, c] = [fresh(), fresh('environment'), fresh('person')];
        const events = [event(), event()];
        await store.append([started(b, ...events), started(a, event())]);
        const conflict = store.append([started(c, event()), { stream: a, expect: 7, events: [event()] }]);
        await expect(conflict).rejects.toEqual(new VersionConflict(a));
        expect((await store.read(c)).version).toBe(0);
        expect((await store.read(b)).events.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
      });

      test('of hundreds of events keeps their order', async () => {
        const [a, b] = [fresh(), fresh()];
        const events = Array.from({ length: 250 }, (_, nth) => event({ nth }));
        await store.append([started(a, ...events), started(b, event())]);
        expect((await store.read(a)).events.map(({ data }) => data)).toEqual(events.map(({ data }) => data));
      });

      test('looks at streams that it only reads', async () => {
        const [read, absent, stream] = [fresh(), fresh(), fresh()];
        await store.append([started(read, event())]);
        const holds = [
          { stream: read, expect: 1 },
          { stream: absent, expect: 'no-stream' },
        ] as const;
        await store.append([started(stream, event())], holds);
        await store.append([{ stream: read, expect: 1, events: [event()] }]);
        const moved = store.append([{ stream, expect: 1, events: [event()] }], holds);
        await expect(moved).rejects.toEqual(new VersionConflict(read));
        expect(await store.read(absent)).toEqual({ events: [], version: 0 });
        await store.append([started(absent, event())]);
      });

      test('names a stream once', async () => {
        const stream = fresh();
        await expect(store.append([started(stream, event()), started(stream, event())])).rejects.toThrow(AppendRefused);
      });

      test.each([
        'service',
        'service-',
        'Service-1',
        '-1',
        'service-a b',
        'service-ä',
        'service-a\nb',
        `service-${'x'.repeat(150)}`,
      ])('to %j is refused: that is no name of a stream', async stream => {
        await expect(store.append([{ stream, expect: 'any', events: [event()] }])).rejects.toThrow(AppendRefused);
      });

      test('of a type that is no name is refused', async () => {
        await expect(store.append([started(fresh(), event({}, {}, 'seen it'))])).rejects.toThrow(AppendRefused);
      });

      const padded = (bytes: number): object => ({ text: 'x'.repeat(bytes - '{"text":""}'.length) });
      const enveloped = (bytes: number): string => 'x'.repeat(bytes - '{"correlationId":""}'.length);

      test.each([
        ['data at its bound', event(padded(MAX_DATA_BYTES)), true],
        ['data beyond it', event(padded(MAX_DATA_BYTES + 1)), false],
        ['data beyond it in bytes, not in characters', event({ text: 'ä'.repeat(MAX_DATA_BYTES / 2) }), false],
        ['an envelope at its bound', event({}, { correlationId: enveloped(MAX_ENVELOPE_BYTES) }), true],
        ['an envelope beyond it', event({}, { correlationId: enveloped(MAX_ENVELOPE_BYTES + 1) }), false],
        ['NUL in text', event({ text: 'a\0b' }), false],
        ['half a surrogate pair', event({ text: '\ud83d' }), false],
        ['text that only looks like it', event({ text: '\\u0000 \\ud800' }), true],
      ] as const)('%s', async (_, offered, passes) => {
        const append = store.append([started(fresh(), offered)]);
        if (passes) await expect(append).resolves.toBeDefined();
        else await expect(append).rejects.toThrow(AppendRefused);
      });

      test('is won by one of many that expect the same', async () => {
        const stream = fresh();
        const outcomes = await Promise.allSettled(
          Array.from({ length: 16 }, () => store.append([started(stream, event())])),
        );
        const lost = outcomes.flatMap(outcome => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
        expect(lost).toEqual(Array.from({ length: 15 }, () => new VersionConflict(stream)));
        expect((await store.read(stream)).version).toBe(1);
      });
    });

    describe('a number', () => {
      test('is given once, and resolves both ways', async () => {
        const [a, b] = [fresh(), fresh()];
        const given = await Promise.all(Array.from({ length: 8 }, () => store.number(a, 'CHG')));
        const [number = ''] = given;
        expect(new Set(given).size).toBe(1);
        expect(number).toMatch(/^CHG-\d+$/);
        const other = await store.number(b, 'CHG');
        expect(other).not.toBe(number);
        expect(await store.numbered(number)).toBe(a);
        expect(await store.numbersOf([a, b, fresh()])).toEqual(
          new Map([
            [a, number],
            [b, other],
          ]),
        );
      });

      test('that was never given resolves to nothing', async () => {
        expect(await store.numbered('CHG-987654321')).toBeUndefined();
      });
    });

    logContract(() => store);
    storeModelContract(() => store);
  });
};
