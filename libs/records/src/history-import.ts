import { derivedId } from '@slipway/canonical';
import type { NamedRecord, Origin } from '@slipway/contracts';
import { type Asked, type JsonLine, type Problem, ProblemException, valid } from '@slipway/edge';
import { fold, isRejection, type Rejection } from '@slipway/event-sourcing';
import type { Order, Service } from '@slipway/service';
import { v7 as uuidv7 } from 'uuid';
import type { ImportAnswer, ImportedReferenceDto, ImportedRowDto, ImportHistoryQuery, RowType } from './history.dto.ts';

/** What a row says, and when it happened. */
export type Historic = Readonly<{ occurredAt: string; facts: object; contradictions?: readonly string[] }>;

/** The name of something that nobody knows, or that could mean several. */
export type Unclear = Readonly<{ code: string; detail: string }>;

export type Importing<Row extends ImportedRowDto> = Readonly<{
  category: string;
  row: RowType<Row>;
  /** Looks once for all rows, and then reads each. */
  reading: (rows: readonly Row[], system: string) => Promise<(row: Row) => Historic | Unclear>;
}>;

/** Of one request. */
export const MOST_IMPORTED_ROWS = 1_000;

/** The id that a record of a system has here, imported already or not. */
export const importedId = (category: string, system: string, key: string): string =>
  derivedId('imported', category, system, key);

/** Another record that a row names; of the row's own system when it names none. */
export const namedRecord = (
  category: string,
  { system: other, key }: ImportedReferenceDto,
  system: string,
): NamedRecord => ({ system: other ?? system, key, id: importedId(category, other ?? system, key) });

/** The one that a name means. */
export const oneNamed = (
  kind: 'service' | 'environment',
  name: string,
  known: ReadonlyMap<string, readonly string[]>,
): Readonly<{ id: string }> | Unclear => {
  const [id, ...others] = known.get(name) ?? [];
  if (id === undefined)
    return {
      code: `unknown-${kind}`,
      detail: `There is no ${kind} ${name}: register it in the catalog, or give one that is there this alias.`,
    };
  if (others.length > 0)
    return {
      code: `ambiguous-${kind}`,
      detail: `${name} may be any of ${others.length + 1} ${kind}s of the catalog: name it by its id, or take the alias from all but one.`,
    };
  return { id };
};

type Answered = ImportAnswer['rows'][number];
type Read<Row> = Readonly<{ row: number }> & (Readonly<{ said: Row }> | Readonly<{ problem: Problem }>);

/**
 * Imports every row that can be, and says of each what became of it. The same row again changes nothing; rows of one key are
 * taken in their order. Throws only for what concerns all rows: the database is away, too much waits.
 */
export const importRows = async <Row extends ImportedRowDto>(
  service: Service,
  asked: Asked,
  { system, batch = uuidv7(), dryRun = false, correct = false }: ImportHistoryQuery,
  lines: readonly JsonLine[],
  importing: Importing<Row>,
): Promise<ImportAnswer> => {
  const read = await Promise.all(lines.map(line => readLine(line, importing.row)));
  const historicOf = await importing.reading(
    read.flatMap(each => ('said' in each ? [each.said] : [])),
    system,
  );
  const inTurn = turns();
  const rows = read.map(async each => {
    if ('problem' in each) return refused(each.row, each.problem);
    const { row, said } = each;
    const { key, url } = said;
    const historic = historicOf(said);
    if ('code' in historic) return refused(row, historic);
    const origin = { system, key, ...(url !== undefined && { url }), batch };
    const task = { row, category: importing.category, origin, historic, dryRun, correct };
    return inTurn(key, () => kept(service, asked, task));
  });
  return tallied(batch, dryRun, await Promise.all(rows));
};

/** Work on one key is done in its order; on several at the same time. */
const turns = () => {
  const last = new Map<string, Promise<Answered>>();
  return (key: string, work: () => Promise<Answered>): Promise<Answered> => {
    const turn = (last.get(key) ?? Promise.resolve()).then(work);
    last.set(key, turn);
    return turn;
  };
};

const readLine = async <Row extends ImportedRowDto>(line: JsonLine, dto: RowType<Row>): Promise<Read<Row>> => {
  const { row } = line;
  if ('problem' in line) return { row, problem: line.problem };
  try {
    return { row, said: await valid(dto, isObject(line.value) ? line.value : []) };
  } catch (error) {
    if (error instanceof ProblemException) return { row, problem: error.problem };
    throw error;
  }
};

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

type Kept = Readonly<{
  row: number;
  category: string;
  origin: Origin;
  historic: Historic;
  dryRun: boolean;
  correct: boolean;
}>;

const kept = async (
  service: Service,
  asked: Asked,
  { row, category, origin, historic, dryRun, correct }: Kept,
): Promise<Answered> => {
  const id = importedId(category, origin.system, origin.key);
  const stream = `${category}-${id}`;
  const data = { facts: { origin, ...historic.facts }, correct };
  const told = importedBy(asked.part(`${stream} ${row}`).at(historic.occurredAt));
  const order = { stream, command: { type: 'ImportRecord', data }, creates: true };
  const outcome = dryRun ? await foreseen(service, told, order) : await carriedOut(service, told, order);
  if (typeof outcome !== 'string') return refused(row, { code: outcome.rejected, detail: outcome.reason });
  const { contradictions = [] } = historic;
  return { row, outcome, id, ...(contradictions.length > 0 && { contradictions }) };
};

const importedBy = (asked: Asked): Asked => ({ ...asked, stamp: { ...asked.stamp, source: 'import' } });

type Outcome = 'imported' | 'unchanged' | 'corrected' | Rejection;

const carriedOut = async (service: Service, asked: Asked, order: Order): Promise<Outcome> => {
  const outcome = await service.attempt(asked, order);
  if (isRejection(outcome)) return outcome;
  if (!outcome.events.some(({ key }) => key === asked.key)) return 'unchanged';
  return outcome.version === 1 ? 'imported' : 'corrected';
};

/** What would become of it. */
const foreseen = async (service: Service, { stamp, access }: Asked, order: Order): Promise<Outcome> => {
  const { command, decider } = service.task(order, stamp, true, access);
  const { events } = await service.store.read(order.stream);
  const decision = decider.decide(command, fold(decider, events));
  if (isRejection(decision)) return decision;
  if (decision.length === 0) return 'unchanged';
  return events.length === 0 ? 'imported' : 'corrected';
};

const refused = (row: number, { code, detail, errors }: Unclear & Partial<Pick<Problem, 'errors'>>): Answered => ({
  row,
  outcome: 'refused',
  code,
  detail,
  ...(errors && { errors }),
});

const tallied = (batch: string, dryRun: boolean, rows: readonly Answered[]): ImportAnswer => {
  const count = (outcome: Answered['outcome']): number => rows.filter(each => each.outcome === outcome).length;
  return {
    batch,
    dryRun,
    imported: count('imported'),
    unchanged: count('unchanged'),
    corrected: count('corrected'),
    refused: count('refused'),
    rows,
  };
};
