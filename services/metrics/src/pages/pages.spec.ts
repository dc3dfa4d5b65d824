import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { editionNamed } from '../benchmarks/editions.ts';
import { history } from '../measures/history.example.ts';
import { ledgerOf, recordsOf } from '../rows/ledger.ts';
import type { AnsweredReport } from '../report/answered.ts';
import { executiveReport } from '../report/executive.ts';
import { amount } from './amounts.ts';
import { deliveryPage } from './delivery.page.ts';
import { executivePage } from './executive.page.ts';
import { releaseFacts, summarized } from './release.example.ts';
import { releasePage } from './release.page.ts';
import { contentSecurityPolicy } from './style.ts';
import { trendChart } from './trend-chart.ts';
import { type Element, elementsOf } from './well-formed.example.ts';
import { answered } from './year.example.ts';

const byService = answered({ by: 'service', benchmark: editionNamed('dora-2024')! });
const ofYear = answered({ every: 'month', months: 12 });
const ofTeams = answered({ by: 'team' });
const executive = executiveReport({ month: '2026-03', ofMonth: byService, ofYear, ofTeams });

const pages: Readonly<Record<string, string>> = {
  'by service': deliveryPage(byService),
  'of a year': deliveryPage(ofYear),
  'by service and month': deliveryPage(answered({ by: 'service', every: 'month', months: 12 })),
  'of the whole': deliveryPage(answered({})),
  executive: executivePage(executive),
  release: releasePage(summarized()),
};
const names = Object.keys(pages);
const elements = (page: string): readonly Element[] => elementsOf(pages[page]!);
const named = (all: readonly Element[], ...wanted: readonly string[]) =>
  all.filter(({ name }) => wanted.includes(name));

describe('a page', () => {
  test.each(names)('%s is well-formed, in English, with one heading of the whole and none that skips a rank', page => {
    const all = elements(page);
    expect(named(all, 'html')[0]?.attributes['lang']).toBe('en');
    expect(named(all, 'h1')).toHaveLength(1);
    expect(named(all, 'title').filter(({ within }) => !within.includes('svg'))).toHaveLength(1);
    const ranks = [...pages[page]!.matchAll(/<h(\d)/g)].map(([, rank]) => Number(rank));
    for (const [index, rank] of ranks.entries()) expect(rank - (ranks[index - 1] ?? 0)).toBeLessThanOrEqual(1);
  });

  test.each(names)(
    '%s refers to nothing outside, runs nothing, and has no style but the one that its policy names',
    page => {
      const all = elements(page);
      expect(named(all, 'script', 'link', 'img', 'image', 'iframe', 'object', 'embed', 'use', 'form')).toEqual([]);
      for (const { attributes } of all) {
        expect(Object.keys(attributes).filter(name => /^on|^(src|srcset|style|xlink:href)$/.test(name))).toEqual([]);
        expect(attributes['href'] ?? '#').toMatch(/^(#|\/v1\/)/);
        for (const [, target] of Object.values(attributes)
          .join(' ')
          .matchAll(/url\(([^)]*)\)/g))
          expect(target).toMatch(/^#/);
      }
      const [style, ...others] = named(all, 'style');
      expect(others).toEqual([]);
      expect(style?.text).not.toMatch(/url\(|@import|@font-face|https?:/);
      const raw = /<style>(.*?)<\/style>/s.exec(pages[page]!)?.[1] ?? '';
      expect(contentSecurityPolicy).toContain(`'sha256-${createHash('sha256').update(raw).digest('base64')}'`);
      expect(contentSecurityPolicy).not.toContain('unsafe');
    },
  );

  test.each(names)('%s: no two things have one id, and every name of an id is one', page => {
    const all = elements(page);
    const ids = all.flatMap(({ attributes }) => attributes['id'] ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const meant = all.flatMap(({ attributes }) => attributes['aria-labelledby']?.split(' ') ?? []);
    expect(ids).toEqual(expect.arrayContaining(meant));
    expect(
      named(all, 'a').filter(({ attributes: { href = '' } }) => href.startsWith('#') && !ids.includes(href.slice(1))),
    ).toEqual([]);
  });

  test.each(names)(
    '%s: every table says what it is, and what its rows and columns are; who scrolls it needs no mouse',
    page => {
      const all = elements(page);
      const tables = named(all, 'table');
      expect(named(all, 'caption')).toHaveLength(tables.length);
      for (const { attributes } of named(all, 'th')) expect(['row', 'col']).toContain(attributes['scope']);
      const scrolled = all.filter(({ attributes }) => attributes['class'] === 'wrap');
      expect(scrolled).toHaveLength(tables.length);
      for (const { attributes } of scrolled)
        expect([attributes['role'], attributes['tabindex']]).toEqual(['region', '0']);
    },
  );

  test.each(names.filter(name => name !== 'of the whole'))(
    '%s: a chart has a title, says what it tells, and has its numbers in a table of its section',
    page => {
      const all = elements(page);
      const charts = named(all, 'svg');
      expect(charts.length).toBeGreaterThan(0);
      for (const { attributes } of charts) {
        expect(attributes['role']).toBe('img');
        const [title, description] = (attributes['aria-labelledby'] ?? '').split(' ');
        expect(all.find(each => each.attributes['id'] === title)?.text.trim()).not.toBe('');
        expect(all.find(each => each.attributes['id'] === description)?.text).toMatch(/table/);
      }
      const sections = pages[page]!.split('<section').filter(each => each.includes('<svg'));
      for (const section of sections) expect(section).toContain('<table');
    },
  );
});

/** What the cells of the tables say. */
const cellsOf = (page: string): string =>
  named(elementsOf(page), 'td')
    .map(({ text }) => text)
    .join('\n');

test('what charts draw stands in tables, to the same digit', () => {
  const cells = cellsOf(pages['executive']!);
  for (const { figures } of executive.trend)
    for (const { value, unit } of figures) expect(cells).toContain(amount(value, unit));
  const rows = cellsOf(pages['by service']!);
  for (const slice of byService.slices!)
    for (const { figures } of slice.measures!)
      for (const { value, unit } of figures) expect(rows).toContain(amount(value, unit));
});

test('a figure names its definition, what it is made of, its interval, its quality, and the way down to its events', () => {
  const figure = byService.measures!.find(({ measure }) => measure === 'change-fail-rate')!.figures[0]!;
  const page = pages['by service']!;
  expect(page).toMatch(/Change fail rate, March 2026; definition first\/2/);
  expect(cellsOf(page)).toContain(`${figure.numerator}\u00a0of\u00a0${figure.denominator}`);
  expect(cellsOf(page)).toContain(`${figure.counted} counted`);
  expect(cellsOf(page)).toMatch(/21\.1 to 41\.3\u202f%/);
  expect(page).toContain('href="/v1/metrics/change-fail-rate?service=checkout&amp;from=');
  expect(page).toContain('position=48213');
  expect(page).toMatch(/Open, and in no figure yet: 2/);
});

describe('what is not known', () => {
  const nothing = ledgerOf(recordsOf([]));

  test('is said with its reason, and is never 0', () => {
    const empty = deliveryPage(answered({ by: 'none' as never }, nothing));
    const values = named(elementsOf(empty), 'span').filter(({ attributes }) => attributes['class'] === 'value');
    expect(values.map(({ text }) => text)).toEqual(Array.from({ length: 11 }, () => 'no data'));
    expect(cellsOf(empty)).toMatch(/No rollout is known by this time/);
    expect(cellsOf(empty)).toMatch(/No such incident was restored in this period/);
    expect(cellsOf(empty)).not.toMatch(/\b0\u202f%/);
  });

  test('at all is no chart, and its months are in the table with the reason', () => {
    const year = deliveryPage(answered({ every: 'month', months: 12 }, nothing));
    expect(year).not.toContain('<svg');
    expect(cellsOf(year).match(/No rollout is known by this time/g)?.length).toBeGreaterThan(12);
  });

  test('for some months is a gap in the line, and the description says so', () => {
    const points = [
      { period: '2026-01', value: 0.1, restated: false },
      { period: '2026-02', value: null, restated: false },
      { period: '2026-03', value: 0.3, low: 0.1, high: 0.5, restated: true },
    ];
    const { text } = trendChart({ id: 'trend', title: 'Change fail rate', unit: 'ratio', points });
    expect(text).toContain('No data for 1 of 3 periods. Diamonds were restated.');
    expect(text).toContain('>–</text>');
    expect(
      elementsOf(text)
        .filter(({ name }) => name === 'text')
        .map(each => each.text),
    ).not.toContain('0 %');
  });

  test('stays away when there are too many facts for one figure of the whole', () => {
    const { measures: _, ...kept } = byService;
    const page = deliveryPage(kept);
    expect(page).toContain('there is no figure of the whole');
    expect(cellsOf(page)).toContain('51.4\u202f%');
    const { measures: __, ...ofMonth } = byService;
    expect(executiveReport({ month: '2026-03', ofMonth, ofYear }).figures).toHaveLength(7);
  });
});

test('of very many services, the busiest are on the page, and that is said', () => {
  const slices = Array.from({ length: 130 }, (_, index) => ({
    ...byService.slices![index % 5]!,
    id: `s${index}`,
    name: `service ${index}`,
  }));
  const month = executiveReport({ month: '2026-03', ofMonth: { ...byService, slices }, ofYear });
  const page = executivePage(month);
  expect(page).toContain('These are the 100 of 130 with most rollouts; the CSV has all.');
  const heads = named(elementsOf(page), 'th').filter(({ text }) => /^service \d+$/.test(text));
  expect(heads).toHaveLength(200);
  expect(heads.map(({ text }) => text)).not.toContain('service 3'); // deployed least
  const delivery = deliveryPage({ ...byService, slices });
  expect(delivery).toContain('The first 120 are here, and 10 more in the CSV.');
  expect(delivery).toContain('The first 30 are drawn.');
});

describe('a restatement', () => {
  const restatement = {
    period: '2026-03',
    id: 'restatement-1',
    at: '2026-05-02T10:00:00.000Z',
    position: 4711,
    figureCount: 1,
    figures: [
      { serviceId: 'checkout', measure: 'change-fail-rate', series: 'change-fail-rate', before: 0.1, after: 0.3 },
    ],
  };
  const restated: AnsweredReport = { ...byService, restatements: [restatement] };

  test('is told with what it changed, and marks those figures alone', () => {
    const page = deliveryPage(restated);
    expect(cellsOf(page)).toContain('restatement-1');
    expect(cellsOf(page)).toMatch(/30\.3\u202f% ‡ restated/);
    expect(cellsOf(page)).not.toMatch(/2\.45\u202fa\u00a0day ‡/);
    expect(pages['by service']).not.toContain('restated</span>');
  });

  test('is told on the page of the month, too; and when there was none, that is said', () => {
    const month = executiveReport({ month: '2026-03', ofMonth: restated, ofYear });
    expect(executivePage(month)).toContain('restatement-1');
    expect(executivePage({ ...month, restatements: [] })).toContain('No figure of this period was changed');
    expect(executivePage(executive)).not.toContain('id="restatements"');
  });
});

describe('names that people gave', () => {
  const hostile = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '</title></svg></style><script>',
    '{value} {b|c} ${x} &lt;',
    '\u202egnp.exe\u0000\u0007\ud800',
    '=HYPERLINK("http://evil")\r\n\t',
  ];

  test.each(hostile)('%j is text, wherever it stands', name => {
    const [slice, ...others] = byService.slices!;
    const report = { ...byService, team: name, slices: [{ ...slice!, name, id: name }, ...others] };
    const month = executiveReport({
      month: '2026-03',
      ofMonth: report,
      ofYear,
      ofTeams: { ...ofTeams, slices: report.slices },
    });
    const release = summarized({ service: name, title: name }, releaseFacts({ service: name, title: name }));
    for (const page of [deliveryPage(report), executivePage(month), releasePage(release)]) {
      const all = elementsOf(page);
      expect(named(all, 'script', 'img')).toEqual([]);
      expect(all.flatMap(({ attributes }) => Object.keys(attributes)).filter(each => each.startsWith('on'))).toEqual(
        [],
      );
      expect(page.replaceAll(/[\n\r\t]/g, '')).not.toMatch(/\p{Cc}/u);
      expect(page.isWellFormed()).toBe(true);
    }
  });
});

test('whatever happened, its pages are well-formed, and each value stands in a table', () => {
  fc.assert(
    fc.property(
      history,
      fc.constantFrom('service' as const, 'environment' as const, 'pattern' as const),
      (facts, by) => {
        const ledger = ledgerOf(recordsOf(facts));
        const report = answered({ by }, ledger);
        const cells = cellsOf(deliveryPage(report));
        for (const { value, unit } of report.measures!.flatMap(({ figures }) => figures))
          expect(cells).toContain(amount(value, unit));
        elementsOf(
          executivePage(executiveReport({ month: '2026-03', ofMonth: report, ofYear: report, ofTeams: report })),
        );
        for (const { id } of ledger.releases) elementsOf(releasePage({ ...summarized(undefined, facts), id }));
      },
    ),
    { numRuns: 20 },
  );
});

test('the same report is the same page, so that a browser may keep it', () => {
  expect(deliveryPage(byService)).toBe(pages['by service']);
  expect(releasePage(summarized())).toBe(pages['release']);
});
