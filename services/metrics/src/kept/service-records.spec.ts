import { canonical } from '@slipway/canonical';
import { createHash } from 'node:crypto';
import { cases } from '../measures/worked-cases.example.ts';
import { recordsOf } from '../rows/ledger.ts';
import { FOLD } from './service-records.ts';

describe('given the worked cases', () => {
  test('when facts are folded to other records, then FOLD is another number: what is kept was folded by the old one', () => {
    const records = cases.map(({ given }) => recordsOf(given));
    // A further case is another digest as well; FOLD stays as it is then.
    const digest = createHash('sha256').update(canonical(records)).digest('hex').slice(0, 16);
    expect({ fold: FOLD, digest }).toEqual({ fold: 1, digest: '1520b6659159774c' });
  });
});
