import fc from 'fast-check';
import { shapeOf } from './all.ts';
import { exportShapes } from './exported/all.example.ts';

test.each(Object.entries(exportShapes))(
  '%s, whatever is in them or left out, are the rows that they mean',
  (_, shape) => {
    const { kind, system, records } = shape;
    fc.assert(
      fc.property(fc.nat(9_999).chain(records), ({ record, row }) => {
        const found = shapeOf(record);
        expect(found?.system).toBe(system);
        expect(found?.reads[kind]?.(record)).toEqual(row);
      }),
      { numRuns: 300 },
    );
  },
);
