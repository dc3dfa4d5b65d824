/** Numbers that a seed repeats: mulberry32. */
export type Random = Readonly<{
  /** From 0 up to, not with, 1. */
  next: () => number;
  /** From `least` up to `most`, whole. */
  between: (least: number, most: number) => number;
  oneOf: <Item>(items: readonly Item[]) => Item;
  shuffled: <Item>(items: readonly Item[]) => Item[];
}>;

export const randomOf = (seed: number): Random => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  const oneOf = <Item>(items: readonly Item[]): Item => {
    if (items.length === 0) throw new Error('there is nothing to choose from');
    return items[between(0, items.length - 1)] as Item;
  };
  const shuffled = <Item>(items: readonly Item[]): Item[] =>
    items
      .map(item => ({ item, rank: next() }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ item }) => item);
  return { next, between, oneOf, shuffled };
};
