import fc from 'fast-check';
import { type Cell, cellsOf } from '../kept/cells.ts';
import { march } from '../measures/example.ts';
import { history } from '../measures/history.example.ts';
import { ledgerOf, recordsOf } from '../rows/ledger.ts';
import { CATALOG, date, type Reported, requested, type Row, startReported, told } from './reported.example.ts';

let reported: Reported;

beforeAll(async () => {
  reported = await startReported();
});
afterAll(() => reported.stop());

const keptCells = async (serviceId: string, cells: readonly Cell[]): Promise<void> => {
  await reported.service.query('DELETE FROM metrics.cells_v1');
  for (const { period, from, to, now, measures } of cells)
    await reported.service.query('INSERT INTO metrics.cells_v1 VALUES ($1, $2, $3, $4, $5, $6, $7)', [
      'UTC',
      serviceId,
      period,
      new Date(from),
      new Date(to),
      date(now),
      JSON.stringify(measures),
    ]);
};

const figuresIn = (cells: readonly Cell[]): readonly Row[] =>
  cells.flatMap(({ period, now, measures }) =>
    measures.flatMap(({ measure, definition, figures }) =>
      figures.map(figure => ({
        service_id: 'checkout',
        month: period,
        counted_until: date(now),
        measure,
        series: figure.series,
        definition,
        unit: figure.unit,
        value: figure.value,
        median: figure.median ?? null,
        p90: figure.p90 ?? null,
        mean: figure.mean ?? null,
        numerator: figure.numerator,
        denominator: figure.denominator,
        counted: figure.counted,
        reason: figure.reason ?? null,
        interval_low: figure.interval?.low ?? null,
        interval_high: figure.interval?.high ?? null,
        interval_method: figure.interval?.method ?? null,
        data_quality: figure.dataQuality,
        open: figure.open.length,
        closed: false,
        restated: false,
        position: '7',
      })),
    ),
  );

const inOrder = (rows: readonly Row[]): readonly Row[] => {
  const key = (row: Row): string => `${String(row['month'])} ${String(row['measure'])} ${String(row['series'])}`;
  return rows.toSorted((one, other) => (key(one) < key(other) ? -1 : 1));
};

test('figures are those that are kept: a row a service, month, measure and series', async () => {
  await reported.service.query(
    "INSERT INTO metrics.counted_v1 VALUES ('UTC', 'checkout', 7, '2026-04') ON CONFLICT DO NOTHING",
  );
  await fc.assert(
    fc.asyncProperty(history, async facts => {
      const now = march.to + 5 * 86_400_000;
      const cells = cellsOf(ledgerOf(recordsOf(facts)), 'checkout', 'UTC', now);
      await keptCells('checkout', cells);
      expect(inOrder(await reported.rowsOf('figures', 'month'))).toMatchObject(inOrder(figuresIn(cells)));
    }),
    { numRuns: 30 },
  );
}, 120_000);

test('a figure of a closed month that was changed says so, beside what it was', async () => {
  const facts = told('deployment-d1', ['DeploymentRequested', { ...requested, changeId: 'c1' }]);
  await reported.kept(CATALOG, 10);
  await keptCells('s1', cellsOf(ledgerOf(recordsOf(facts)), 's1', 'UTC', march.to));
  const [cell] = cellsOf(ledgerOf(recordsOf(facts)), 's1', 'UTC', march.to);
  const month = cell?.period ?? '2026-03';
  const said = (value: number | null) => ({ value, numerator: 1, denominator: 2, counted: 2 });
  const changed = { serviceId: 's1', measure: 'change-fail-rate', series: 'change-fail-rate', definition: 'first/2' };
  await reported.service.query(
    `INSERT INTO metrics.closed_periods_v1 VALUES ($1, 'UTC', '2026-03-01Z', '2026-04-01Z', 14, '2026-04-15Z', 5)`,
    [month],
  );
  await reported.service.query(
    `INSERT INTO metrics.restatements_v1 VALUES ('r1', $1, 9, '2026-05-01Z', '{"kind": "import", "id": "b1"}', 5, 8, '[]', 1, $2, 1, '{s1}')`,
    [month, JSON.stringify([{ ...changed, before: said(0.5), after: said(null) }])],
  );
  expect(await reported.rowsOf('restatements', 'restatement_id')).toMatchObject([
    {
      month,
      correction_kind: 'import',
      correction_id: 'b1',
      service: 'checkout',
      measure: 'change-fail-rate',
      value_before: 0.5,
      value_after: null,
      numerator_before: 1,
      denominator_after: 2,
      position: '9',
    },
  ]);
  const restated = (await reported.rowsOf('figures', 'measure, series')).filter(row => row['restated']);
  expect(restated.map(({ measure, series, closed }) => [measure, series, closed])).toEqual(
    (cell?.measures ?? [])
      .flatMap(({ measure, figures }) => figures.map(({ series }) => [measure, series, true] as const))
      .filter(([measure, series]) => measure === changed.measure && series === changed.series),
  );
  expect(await reported.rowsOf('periods', 'month')).toContainEqual(
    expect.objectContaining({ month, state: 'closed', restatements: '1', position: '5' }),
  );
});
