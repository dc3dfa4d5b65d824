import fc from 'fast-check';
import { createRequire } from 'node:module';
import { type EncodedRecord, encodeQuickly, encodeSlowly } from './kafka-encoder.ts';

// Around the lengths at which a length takes another byte.
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(63, 64, 8_191, 8_192, 150_000).map(length => 'x'.repeat(length)),
  fc.nat(200).map(length => 'ü\u2028'.repeat(length)),
);
const delta = fc.oneof(fc.nat(200), fc.nat());

const records: fc.Arbitrary<EncodedRecord> = fc.record({
  offsetDelta: delta,
  timestampDelta: fc.oneof(delta, fc.maxSafeInteger()),
  key: fc.oneof(text, fc.constant(null)),
  value: fc.oneof(
    text,
    text.map(value => Buffer.from(value)),
    fc.constant(null),
  ),
  headers: fc.dictionary(
    fc.string({ unit: 'binary', maxLength: 70 }),
    fc.oneof(text, fc.array(text, { maxLength: 2 })),
  ),
});

test('writes what kafkajs writes, byte for byte', () => {
  fc.assert(
    fc.property(records, record => encodeQuickly(record).buffer.equals(encodeSlowly(record).buffer)),
    { numRuns: 500 },
  );
});

test('is what kafkajs takes', () => {
  const require = createRequire(import.meta.url);
  expect(require('kafkajs/src/protocol/recordBatch/record/v0/index.js')).toBe(encodeQuickly);
});
