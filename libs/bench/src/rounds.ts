import type { Figure } from './figure.ts';
import { say } from './say.ts';

/** One that takes part in every round, and how long it is let. */
export type Contestant<Name extends string = string> = Readonly<{ name: Name; round: () => Promise<Figure> }>;

export type Rounds<Name extends string = string> = ReadonlyMap<Name, readonly Figure[]>;

/** All of them in every round, each round begun by another, so that none always comes first or after the same one. */
export const interleaved = async <Name extends string>(
  what: string,
  contestants: readonly Contestant<Name>[],
  rounds: number,
): Promise<Rounds<Name>> => {
  const figures = new Map<Name, Figure[]>(contestants.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (let place = 0; place < contestants.length; place += 1) {
      const contestant = contestants[(place + round) % contestants.length];
      if (!contestant) continue;
      const figure = await contestant.round();
      figures.get(contestant.name)?.push(figure);
      say(`${what}, round ${round + 1} of ${rounds}: ${contestant.name} ${Math.round(figure.rate)}/s`);
    }
  }
  return figures;
};
