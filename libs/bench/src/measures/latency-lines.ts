import type { Latency } from './latency-steps.ts';
import type { Parts } from './parts.ts';
import { rounded, type Spread } from './quantile.ts';

const sumOf = ({ sequenced, produced, projected }: Parts, at: 'p50' | 'p99'): number =>
  rounded(sequenced[at] + produced[at] + projected[at]);

export const latencyLines = (parts: Parts, rates: readonly Latency[]): readonly string[] => [
  'Commit to visible through Kafka, ms                 p50      p99',
  ...rates.flatMap(({ perSecond, visible, toSequenced, toReceived, toCommitted, cores }) => [
    lineOf(`at ${perSecond} events/s`, visible),
    lineOf('  until the sequencer said so', toSequenced),
    lineOf('  until a consumer had it', toReceived),
    lineOf('  until the view was committed', toCommitted),
    `  cores busy: ${Object.entries(cores)
      .map(([name, busy]) => `${name} ${busy}`)
      .join(', ')}`,
  ]),
  lineOf('one round of the sequencer, alone', parts.sequenced),
  lineOf('one acknowledged record, alone', parts.produced),
  lineOf('one commit of a view, alone', parts.projected),
  lineOf('their sum', { p50: sumOf(parts, 'p50'), p99: sumOf(parts, 'p99') }),
  ...rates.map(
    ({ perSecond, visible }) =>
      `p50 at ${perSecond}/s is ${rounded(visible.p50 / sumOf(parts, 'p50'))} of the sum of its parts`,
  ),
];

const lineOf = (name: string, { p50, p99 }: Pick<Spread, 'p50' | 'p99'>): string =>
  `${name.padEnd(46)}${p50.toFixed(2).padStart(9)}${p99.toFixed(2).padStart(9)}`;
