/** Where a text is no CSV. Lines begin at 1. */
export class NotCsv extends Error {
  override readonly name = 'NotCsv';
}

type Row = Readonly<{ line: number; fields: readonly string[] }>;
export type CsvRecord = Readonly<{ line: number; values: Readonly<Record<string, string>> }>;

/**
 * Records by the names of the first line (RFC 4180); a comma or, where the first line has no comma, a semicolon separates.
 * Fields are trimmed, empty ones and empty lines are left out. Throws `NotCsv`.
 */
export const recordsIn = (text: string): readonly CsvRecord[] => {
  const plain = text.replace(/^\uFEFF/, '');
  const [head] = plain.split(/\r?\n/, 1);
  const [header, ...rows] = rowsIn(plain, head?.includes(',') ? ',' : ';');
  if (!header) throw new NotCsv('There is no line that names the columns.');
  const names = header.fields;
  if (new Set(names).size < names.length) throw new NotCsv('A column is named twice.');
  return rows.map(({ line, fields }) => {
    if (fields.length !== names.length)
      throw new NotCsv(`Line ${line} has ${fields.length} fields, the first line names ${names.length}.`);
    const values = names.map((name, nth) => [name, fields[nth] ?? ''] as const).filter(([, value]) => value !== '');
    return { line, values: Object.fromEntries(values) };
  });
};

const rowsIn = (text: string, separator: string): readonly Row[] => {
  const field = new RegExp(String.raw`(?:"((?:[^"]|"")*)"|([^"\r\n${separator}]*))(${separator}|\r?\n|$)`, 'y');
  const rows: Row[] = [];
  let line = 1;
  for (let fields: string[] = [], begun = line; field.lastIndex < text.length;) {
    const [all, quoted, bare = '', end] = field.exec(text) ?? [];
    if (all === undefined) throw new NotCsv(`Line ${line} has a quote that does not stand around a whole field.`);
    fields.push((quoted?.replaceAll('""', '"') ?? bare).trim());
    line += all.split('\n').length - 1;
    const isLast = field.lastIndex >= text.length && end === separator;
    if (isLast) fields.push('');
    if (end === separator && !isLast) continue;
    if (fields.some(each => each !== '')) rows.push({ line: begun, fields });
    fields = [];
    begun = line;
  }
  return rows;
};
