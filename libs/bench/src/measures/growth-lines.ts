import type { Pending } from './pending.ts';
import type { Extrapolated, Stand } from './stand.ts';

/** What was measured, as tables for people. */
export const growthLines = (
  stands: readonly Stand[],
  pending: readonly Pending[],
  { events, gibibytes }: Extrapolated,
): readonly string[] => [
  ...table(
    ['a second, at events', 'tables', 'append new', 'append old', 'sequence', 'read log', 'stream p50 ms'],
    stands.map(({ shape, sizes, rates }) => [
      whole(sizes.events),
      shape,
      whole(rates.appendsToNew),
      whole(rates.appendsToExisting),
      whole(rates.sequenced),
      whole(rates.logRead),
      String(rates.streamReadMs),
    ]),
  ),
  '',
  ...table(
    ['bytes an event', ...stands.map(({ shape, sizes }) => `${shape} ${whole(sizes.events)}`)],
    [...new Set(stands.flatMap(({ sizes }) => Object.keys(sizes.parts)))].map(part => [
      part,
      ...stands.map(({ sizes }) => ((sizes.parts[part] ?? 0) / sizes.events).toFixed(1)),
    ]),
  ),
  ...table(['together', ...stands.map(({ sizes }) => String(sizes.bytesAnEvent))], []),
  '',
  `At ${whole(events)} events, GiB: ${Object.entries(gibibytes)
    .filter(([, size]) => size > 0)
    .map(([part, size]) => `${part} ${size}`)
    .join('; ')}`,
  '',
  ...table(
    ['pending appends', 'events', 'vacuums', 'KiB', 'first rounds p50 ms', 'last p50 ms', 'last p99 ms'],
    pending.map(({ circumstance, events: sequenced, vacuums, bytes, first, last }) => [
      circumstance,
      whole(sequenced),
      String(vacuums),
      whole(bytes / 1024),
      String(first.p50),
      String(last.p50),
      String(last.p99),
    ]),
  ),
];

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');

const table = (heading: readonly string[], rows: readonly (readonly string[])[]): readonly string[] =>
  [heading, ...rows].map(([name = '', ...cells]) =>
    [
      name.padEnd(38),
      ...cells.map((cell, index) => cell.padStart(Math.max(14, (heading[index + 1] ?? '').length + 2))),
    ].join(''),
  );
