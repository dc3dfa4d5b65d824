import type { RecordFacts } from '../record.ts';
import { digest, people, sealed } from './example.ts';

// Neither is a stream.
const comment = '0198c1a0-2000-7000-8000-000000000001';
const file = '0198c1a0-2000-7000-8000-000000000002';

const samples = {
  DetailsChanged: {
    title: 'Checkout 2.4, with invoices',
    owner: people.owner,
    description: sealed,
    labels: ['payments', 'quarter:3'],
    externalRefs: [{ system: 'jira', key: 'SHOP-300', url: 'https://jira.example/browse/SHOP-300' }],
  },
  Commented: { commentId: comment, text: sealed },
  FileLinked: { fileId: file, name: 'Test report', url: sealed, digest, mediaType: 'application/pdf' },
  FileUnlinked: { fileId: file, reason: sealed },
} as const;

type Samples<Name extends string> = {
  readonly [Fact in keyof typeof samples as `${Name}${Fact}`]: (typeof samples)[Fact];
};

/** One example of each fact that every record can be told. */
export const recordSamples = <const Name extends string>(
  name: Name,
): Samples<Name> & Record<keyof RecordFacts<Name>, object> =>
  Object.fromEntries(Object.entries(samples).map(([fact, sample]) => [name + fact, sample])) as never;
