import { rowPerStream } from '@slipway/consumers';
import { categoryOf, idOf } from '@slipway/event-sourcing';
import { type Fact, factOf, type MeasuredCategory, type MeasuredEvent } from '../facts/facts.ts';
import { type Change, changeRow } from '../rows/changes.ts';
import { NO_CODE } from '../rows/code.ts';
import type { Incident } from '../rows/incident.ts';
import { incidentRow } from '../rows/incidents.ts';
import type { Run } from '../rows/run.ts';
import { runRow } from '../rows/runs.ts';

type Row = Readonly<{
  id: string;
  category: string;
  number: string | null;
  version: number;
  position: number;
  /** What measures read of it; null: it is no record that they count. */
  state: object | null;
}>;

type Fold = (id: string, state: object | undefined, fact: Fact) => object | undefined;

/** What it brought is a list of its own, and may be long: no view shows it. */
const run: Fold = (id, state, fact) => {
  const after = runRow(id, state && ({ ...state, code: NO_CODE } as Run), fact);
  if (!after) return undefined;
  const { code: _, ...rest } = after;
  return rest;
};

const stated: Fold = (_, state, { type, data }) => (/(Registered|Updated)$/.test(type) ? data : state);

const folds: Readonly<Partial<Record<MeasuredCategory, Fold>>> = {
  service: stated,
  environment: stated,
  deployment: run,
  incident: (id, state, fact) => incidentRow(id, state as Incident | undefined, fact),
  change: (id, state, fact) => changeRow(id, state as Change | undefined, fact),
};

/** The row of each record, as measures fold it: what the views of the schema `reporting` are made of. */
export const reportedRecords = rowPerStream<MeasuredEvent, Row>({
  consumer: 'metrics.records',
  categories: Object.keys(folds),
  table: 'records_v1',
  numbered: true,
  fold: (row, event) => {
    const fact = factOf(event);
    if (!fact) return row;
    const { stream, version, position } = event;
    const category = categoryOf(stream);
    const state = folds[category as MeasuredCategory]?.(idOf(stream), row?.state ?? undefined, fact);
    if (!row && state === undefined) return undefined;
    return { id: idOf(stream), category, number: row?.number ?? null, version, position, state: state ?? null };
  },
});
