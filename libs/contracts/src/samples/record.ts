import type { RecordFacts } from '../record.ts';
import { digest, ids, people, sealed } from './example.ts';

const samples = {
  DetailsChanged: {
    title: 'Checkout 2.4, with invoices',
    owner: people.owner,
    description: sealed,
    labels: ['payments', 'quarter:3'],
    externalRefs: [{ system: 'jira', key: 'SHOP-300', url: 'https://jira.example/browse/SHOP-300' }],
  },
  Commented: { commentId: ids.change, text: sealed },
  FileLinked: { fileId: ids.change, name: 'Test report', url: sealed, digest, mediaType: 'application/pdf' },
  FileUnlinked: { fileId: ids.change, reason: sealed },
} as const;

type Samples<Name extends string> = {
  readonly [Fact in keyof typeof samples as `${Name}${Fact}`]: (typeof samples)[Fact];
};

/** One example of each fact that every record can be told. */
export const recordSamples = <const Name extends string>(name: Name): Samples<Name> & Record<keyof RecordFacts<Name>, object> =>
  Object.fromEntries(Object.entries(samples).map(([fact, sample]) => [name + fact, sample])) as never;
