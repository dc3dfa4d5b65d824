import type { Json } from './client.ts';
import type { Session } from './session.ts';
import type { Style } from './surroundings.ts';
import { inWords } from './table.ts';

export type ImportedRecord = Readonly<{
  record: string;
  name: string;
  outcome: 'added' | 'changed' | 'unchanged' | 'retired' | 'refused';
  fields: readonly Readonly<{ field: string; before?: Json; after?: Json }>[];
  code?: string;
  detail?: string;
}>;

const SIGNS = {
  added: ['+', 'green'],
  changed: ['~', 'yellow'],
  unchanged: ['=', 'dim'],
  retired: ['-', 'red'],
  refused: ['!', 'red'],
} as const satisfies Record<ImportedRecord['outcome'], readonly [string, Style]>;

/** What an import did, record by record; what stayed as it was is only counted. */
export const inDifference = (
  records: readonly ImportedRecord[],
  dryRun: boolean,
  { paint }: Pick<Session, 'paint'>,
): string => {
  const lines = records.filter(({ outcome }) => outcome !== 'unchanged').flatMap(record => linesOf(record, paint));
  const counts = (['added', 'changed', 'unchanged', 'retired', 'refused'] as const)
    .map(outcome => [records.filter(record => record.outcome === outcome).length, outcome] as const)
    .filter(([count, outcome]) => count > 0 || outcome === 'unchanged')
    .map(([count, outcome]) => `${count} ${outcome}`);
  const summary = `${counts.join(', ')}${dryRun ? ' (dry run: nothing was written)' : ''}`;
  return `${[...lines, summary].join('\n')}\n`;
};

const linesOf = (
  { record, name, outcome, fields, code, detail }: ImportedRecord,
  paint: Session['paint'],
): string[] => {
  const [sign, style] = SIGNS[outcome];
  const head = paint(style, `${sign} ${record} ${inWords(name)}`);
  if (outcome === 'refused') return [head, `    ${detail} (${code})`];
  if (outcome === 'added' || outcome === 'retired') return [head];
  return [head, ...fields.map(({ field, before, after }) => `    ${field}: ${wordsOf(before)} -> ${wordsOf(after)}`)];
};

const wordsOf = (value: Json | undefined): string => inWords(value) || 'nothing';
