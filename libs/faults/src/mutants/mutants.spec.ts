import { readFile } from 'node:fs/promises';
import { faultNamed } from '../faults/all.ts';
import { mutants } from './all.ts';
import { replaced } from './mutant.ts';

const ROOT = new URL('../../../../', import.meta.url);

test.each(mutants)('$name is brought to light by faults that there are', ({ kinds }) => {
  expect(kinds.map(faultNamed).map(({ kind }) => kind)).toEqual(kinds);
});

const texts = mutants.flatMap(({ name, replacements = [] }) =>
  replacements.map(replacement => ({ name, replacement })),
);

test.each(texts)('the text that $name replaces is in the library as it is built', async ({ replacement }) => {
  const text = await readFile(new URL(replacement.file, ROOT), 'utf8');
  expect(replaced(text, replacement)).not.toBe(text);
});

// A name that nobody imports would stop the part for good, and any row with it.
test.each(texts)(
  'what $name puts in its place uses the names that are there',
  async ({ replacement: { file, by } }) => {
    const text = await readFile(new URL(file, ROOT), 'utf8');
    const names = (source: string): ReadonlySet<string> => new Set(source.match(/[A-Za-z_$][\w$]*/g));
    const own = new Set(Array.from(by.matchAll(/(\w+) =>/g), ([, parameter]) => parameter));
    const there = names(text);
    expect([...names(by)].filter(name => !there.has(name) && !own.has(name))).toEqual([]);
  },
);

test('a text that is not there, or twice, is refused', () => {
  const replacement = { file: 'a.js', text: 'go on', by: 'stop' };
  expect(() => replaced('stay', replacement)).toThrow('0 times');
  expect(() => replaced('go on, go\n  on', replacement)).toThrow('2 times');
  expect(replaced('then go\n  on.', replacement)).toBe('then stop.');
});
