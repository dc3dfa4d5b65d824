import { artifact } from './domain/example.ts';
import { markdownOf, notesOf } from './read/release-notes.ts';
import type { ReleaseView } from './read/release.view.ts';

const item = (key: string, kind: 'feature' | 'fix', title: string) => ({ key, kind, title });
const jira = { system: 'jira', key: 'ACME-7', url: 'https://jira.example/browse/ACME-7' };
const release = {
  title: 'Checkout 2.4',
  state: 'Planned',
  window: { start: '2026-03-03T20:00:00Z', end: '2026-03-03T22:00:00Z' },
  scope: [item('S-2', 'fix', 'Rounding'), { ...item('S-1', 'feature', 'Pay by invoice'), externalRef: jira }],
  artifacts: [artifact('checkout')],
  tradeOffs: [{ items: [item('S-3', 'feature', 'Pay later')], reason: 'sealed:v1:x', by: 'person-x', at: 'then' }],
} as unknown as ReleaseView;
const known = {
  number: 'REL-1',
  names: new Map([['checkout', 'Checkout']]),
  knownErrors: [{ id: 'p1', number: 'PRB-3', title: 'Carts are empty at night', serviceIds: ['cart', 'checkout'] }],
};
const untroubled = { ...known, knownErrors: [] };

test('notes say what is in the scope, by kind, what ships it, what is known not to work, and what was left out', () =>
  expect(markdownOf(notesOf(release, known))).toBe(`# Checkout 2.4 (REL-1)

2026-03-03T20:00:00Z to 2026-03-03T22:00:00Z

## Features

- **S-1** Pay by invoice ([jira ACME-7](<https://jira.example/browse/ACME-7>))

## Fixes

- **S-2** Rounding

## What ships

- Checkout 2.4.0 from example/checkout: \`cccccccccc\`

## Known errors

- **PRB-3** Carts are empty at night (Checkout); it has a workaround

## Not in this release

- **S-3** Pay later
`));

test('what people wrote is no markup', () => {
  const title = '<script>x</script> [a](b) *c*\n# d';
  const url = 'https://jira.example/?q=<img>\\';
  const tricky = { ...release, title, scope: [{ ...item('S', 'fix', title), externalRef: { ...jira, url } }] };
  const markdown = markdownOf(notesOf(tricky, untroubled));
  expect(markdown).not.toMatch(/(?<!\\)<(?!https)/);
  expect(markdown).toContain('\\[a\\]\\(b\\) \\*c\\* \\# d');
  expect(markdown).toContain('(<https://jira.example/?q=%3Cimg%3E%5C>)');
});

test('a release with nothing in it has a heading', () => {
  const empty = { ...release, scope: [], artifacts: [], tradeOffs: [] };
  expect(notesOf(empty, untroubled)).toMatchObject({
    sections: [],
    services: [],
    knownErrors: [],
    tradedOff: [],
  });
  expect(markdownOf(notesOf(empty, untroubled))).toContain('# Checkout 2.4 (REL-1)');
});

test('of many commits, some are shown', () => {
  const [first] = artifact('checkout').commits;
  const many = { ...artifact('checkout'), commits: Array.from({ length: 25 }, () => first!) };
  expect(markdownOf(notesOf({ ...release, artifacts: [many] }, untroubled))).toContain('`cccccccccc`, 5 more');
});
