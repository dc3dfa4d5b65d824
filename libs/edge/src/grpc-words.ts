/** Field to enum: its prefix, and the words that REST says for its values. */
export type Enums = Readonly<Record<string, readonly [prefix: string, words: readonly string[]]>>;

/**
 * What gRPC and REST call the same value: `RELEASE_STATE_EARLY_LIFE_SUPPORT` and `EarlyLifeSupport`.
 * `worded` is a request with REST's words, at any depth: an unspecified value is absent, an unknown one stays as it is.
 * `enumOf` is the value of a word, unspecified for none.
 */
export const enumWords = <Field extends string>(
  enums: Readonly<Record<Field, readonly [prefix: string, words: readonly string[]]>>,
) => {
  const known: Enums = enums;
  const within = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(within);
    if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([field, each]: [string, unknown]) => [field, wordOf(field, each)]),
    );
  };
  const wordOf = (field: string, value: unknown): unknown => {
    const [prefix, words = []] = (Object.hasOwn(known, field) && known[field]) || [];
    if (prefix === undefined) return within(value);
    if (Array.isArray(value)) return value.map(each => wordOf(field, each));
    return value === `${prefix}_UNSPECIFIED`
      ? null
      : (words.find(word => enumValueOf(prefix, word) === value) ?? value);
  };
  return {
    worded: (message: unknown): object => within(message) as object,
    enumOf: <Value extends string>(field: Field, word: string | undefined): Value =>
      enumValueOf(enums[field][0], word ?? 'unspecified') as Value,
  };
};

/** `CUTOVER_VIA` and `load-balancer`: `CUTOVER_VIA_LOAD_BALANCER`. */
export const enumValueOf = (prefix: string, word: string): string =>
  `${prefix}_${word
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_')
    .replaceAll('-', '_')
    .toUpperCase()}`;
