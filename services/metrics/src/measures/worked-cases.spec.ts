import { readFile } from 'node:fs/promises';
import type { Figure } from '../figures/figure.ts';
import { figuresOf, march } from './example.ts';
import type { Case } from './worked-case.example.ts';
import { cases } from './worked-cases.example.ts';
import { tableOf } from './worked-table.example.ts';

const inWords = ({ unit, value, reason, numerator, denominator }: Figure): string => {
  if (value === null) return `none, ${reason}`;
  if (unit === 'seconds') return `${value / 60} min of ${denominator}`;
  return unit === 'ratio' ? `${numerator} of ${denominator}` : `${numerator} in ${denominator} days`;
};

const figureOf = ({ given, figure, scope, period }: Case): Figure => {
  const [measure = '', series = ''] = figure.split(' ');
  return figuresOf(measure, given, scope, period ?? march)[series]!;
};

/** What a figure shows beside its value, by the names that the cases use. */
const shownBy = ({
  listed,
  doubts,
  open,
  contradictory,
  checks,
}: Figure): Readonly<Record<string, readonly string[]>> => ({
  ...Object.fromEntries([...listed, ...doubts].map(({ reason, ids }) => [reason, ids])),
  ...Object.fromEntries(checks.map(({ check, missing }) => [`not ${check}`, missing])),
  open: open.map(({ id }) => id),
  contradictory: contradictory.map(({ id }) => id),
});

describe.each(cases)('$case', each => {
  test(`${each.figure} is ${each.is}`, () => {
    const figure = figureOf(each);
    expect(inWords(figure)).toBe(each.is);
    expect(shownBy(figure)).toMatchObject(each.shows ?? {});
  });
});

test('at least forty are worked out, each told apart by its name and its figure', () => {
  expect(cases.length).toBeGreaterThanOrEqual(40);
  expect(new Set(cases.map(({ case: name }) => name)).size).toBe(cases.length);
});

const unpadded = (text: string): string => text.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---');

test('the table that people read says the same', async () => {
  const page = await readFile(new URL('../../worked-cases.md', import.meta.url), 'utf8');
  expect(unpadded(page)).toBe(unpadded(tableOf(cases)));
});
