import { peer, type Peer } from './peer.example.ts';
import { amount, executiveInWords, reportInWords } from './report.ts';

test.each([
  [null, 'ratio', 'none'],
  [0, 'ratio', '0 %'],
  [1 / 3, 'ratio', '33.33 %'],
  [0.0714, 'per-day', '0.07 a day'],
  [0, 'seconds', '0 s'],
  [59.6, 'seconds', '1 min'],
  [3_725, 'seconds', '1 h 2 min'],
  [180_000, 'seconds', '2 d 2 h'],
])('%s (%s): %s', (value, unit, words) => {
  expect(amount(value, unit)).toBe(words);
});

test('a figure is shown with what it is made of', () => {
  const text = reportInWords({
    service: { name: 'checkout' },
    from: '2026-03-01T00:00:00.000Z',
    to: '2026-04-01T00:00:00.000Z',
    zone: 'UTC',
    position: 42,
    measures: [
      {
        title: 'Change fail rate',
        definition: 'first/1',
        figures: [
          { series: 'rollouts', unit: 'ratio', value: 0.5, numerator: 1, denominator: 2, open: [], dataQuality: 1 },
        ],
      },
    ],
  });
  expect(text).toBe(
    [
      'Delivery of checkout, 2026-03-01T00:00:00Z to 2026-04-01T00:00:00Z (UTC), as of log position 42',
      '',
      'MEASURE           SERIES    VALUE  MADE OF  QUALITY  DEFINITION',
      'Change fail rate  rollouts  50 %   1 of 2   100 %    first/1',
      '',
    ].join('\n'),
  );
});

test('of too many services, that there is no figure of the whole', () => {
  const [from, to] = ['2026-03-01T00:00:00.000Z', '2026-04-01T00:00:00.000Z'];
  expect(reportInWords({ from, to, zone: 'UTC', position: 42 })).toMatch(/no figure of the whole: ask for --service/);
});

const ROLLBACKS = {
  title: 'Rollback rate',
  definition: 'first/1',
  series: 'rollback-rate',
  unit: 'ratio',
  value: 0.375,
  numerator: 15,
  denominator: 40,
  open: 2,
  dataQuality: 0.9,
  comparison: { verdict: 'higher' },
};
const MARCH = { month: '2026-03', zone: 'UTC', position: 42, figures: [ROLLBACKS], proposals: { items: [] } };

test('a month is told beside the one before, with what is proposed', () => {
  const proposal = {
    service: 'checkout',
    gate: 'canary-first',
    rule: 'rollback-rate-rose',
    version: 'first/1',
    proposal: 'Begin small.',
  };
  expect(executiveInWords({ ...MARCH, proposals: { items: [proposal] } })).toBe(
    [
      'Delivery in 2026-03 (UTC), as of log position 42',
      '',
      'MEASURE        SERIES         VALUE   MADE OF   OPEN  QUALITY  DEFINITION  AGAINST THE MONTH BEFORE',
      'Rollback rate  rollback-rate  37.5 %  15 of 40  2     90 %     first/1     higher',
      '',
      'Proposed gate changes:',
      '  checkout: canary-first (rollback-rate-rose first/1). Begin small.',
      '',
    ].join('\n'),
  );
  expect(executiveInWords(MARCH)).toContain('No gate change is proposed.');
});

describe('slipway report', () => {
  let server: Peer;
  beforeAll(async () => {
    server = await peer(({ path }) => ({
      body: path.includes('executive') ? MARCH : { ...MARCH, from: FROM, to: FROM, measures: [] },
    }));
  });
  afterAll(() => server.close());
  const FROM = '2026-03-01T00:00:00.000Z';

  test.each([
    [['--service', 'checkout'], '/v1/reports/delivery?service=checkout', 'application/json'],
    [['delivery', '--period', '2026-03'], '/v1/reports/delivery?period=2026-03', 'application/json'],
    [['executive'], '/v1/reports/executive', 'application/json'],
    [['executive', '--month', '2026-03', '--html'], '/v1/reports/executive?month=2026-03', 'text/html'],
    [['--csv'], '/v1/reports/delivery', 'text/csv'],
  ])('%j asks for %s as %s', async (words, path, accept) => {
    expect(await server.slipway('report', ...words)).toMatchObject({ exitCode: 0, err: '' });
    expect(server.asked.at(-1)).toMatchObject({ path, headers: { accept } });
  });
});
