/** A JSON Schema as plain JSON, of the keywords that contracts are made of. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** What a keyword said and says now; the breaks of it, each with its place. */
type Rule = (before: unknown, after: unknown, at: string) => readonly string[];

/**
 * What stands between a schema and a later one of the same event type: nothing when everything that was valid still is, and
 * whoever read the earlier one finds all that he found, of the same kind. So optional fields and values of an enum may be
 * added and bounds loosened; nothing may be removed, narrowed, made required, or left out from now on.
 */
export const breaksBetween = (before: JsonSchema, after: JsonSchema, at = ''): readonly string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter(keyword => !ANNOTATIONS.has(keyword))
    .flatMap(keyword => (RULES.get(keyword) ?? same(keyword))(before[keyword], after[keyword], at));

const ANNOTATIONS: ReadonlySet<string> = new Set(['$schema', '$id', '$comment', 'title', 'description', 'examples']);

const same =
  (keyword: string): Rule =>
  (before, after, at) =>
    JSON.stringify(before) === JSON.stringify(after)
      ? []
      : [`${at || '/'}: ${keyword} was ${said(before)} and is ${said(after)}`];

const said = (value: unknown): string => JSON.stringify(value) ?? 'not there';

const fields: Rule = (before = {}, after = {}, at) =>
  Object.entries(before as object).flatMap(([name, was]: [string, JsonSchema]) => {
    const is = (after as Readonly<Record<string, JsonSchema | undefined>>)[name];
    return is ? breaksBetween(was, is, `${at}/${name}`) : [`${at}/${name} was removed`];
  });

const required: Rule = (before = [], after = [], at) => {
  const [was, is] = [before as readonly string[], after as readonly string[]];
  return [
    ...is.filter(name => !was.includes(name)).map(name => `${at}/${name} became required`),
    ...was.filter(name => !is.includes(name)).map(name => `${at}/${name} may be absent now`),
  ];
};

const values: Rule = (before, after, at) => {
  if (!Array.isArray(before) || !Array.isArray(after)) return same('enum')(before, after, at);
  return before
    .filter(value => !after.includes(value))
    .map(value => `${at || '/'}: ${said(value)} is no value any more`);
};

const branches: Rule = (before, after, at) => {
  if (!Array.isArray(before) || !Array.isArray(after)) return same('anyOf')(before, after, at);
  const [was, is] = [before as readonly JsonSchema[], after as readonly JsonSchema[]];
  const lost = was.filter(branch => !is.some(other => breaksBetween(branch, other).length === 0));
  return lost.map(branch => `${at || '/'}: ${said(branch)} is no choice any more`);
};

const items: Rule = (before, after, at) =>
  before && after
    ? breaksBetween(before as JsonSchema, after as JsonSchema, `${at}/[]`)
    : same('items')(before, after, at);

const loosened =
  (keyword: string, isLooser: (before: number, after: number) => boolean): Rule =>
  (before, after, at) => {
    const holds = after === undefined || (before !== undefined && isLooser(before as number, after as number));
    return holds ? [] : same(keyword)(before, after, at);
  };

const lower = (before: number, after: number): boolean => after <= before;
const higher = (before: number, after: number): boolean => after >= before;

const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['properties', fields],
  ['patternProperties', fields],
  ['required', required],
  ['enum', values],
  ['anyOf', branches],
  ['items', items],
  ...['minLength', 'minItems', 'minimum'].map(keyword => [keyword, loosened(keyword, lower)] as const),
  ...['maxLength', 'maxItems', 'maximum'].map(keyword => [keyword, loosened(keyword, higher)] as const),
]);
