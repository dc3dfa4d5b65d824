import type { Correction } from '../facts/references.ts';

/** An event, and a service whose figures may be other ones because of it. */
export type Touch = Readonly<{
  position: number;
  serviceId: string;
  stream: string;
  version: number;
  type: string;
  correction: Correction;
}>;

/** What came of one correction without another in between: the log as it was after it says what it did. */
export type Stretch = Readonly<{ correction: Correction; touches: readonly Touch[]; from: number; through: number }>;

/** The stretches of touches, which are in the order of the log. */
export const stretchesOf = (touches: readonly Touch[]): readonly Stretch[] => {
  const stretches: Touch[][] = [];
  for (const touch of touches) {
    const last = stretches.at(-1);
    if (last && isSame(last[0]!.correction, touch.correction)) last.push(touch);
    else stretches.push([touch]);
  }
  return stretches.map(each => ({
    correction: each[0]!.correction,
    touches: each,
    from: each[0]!.position - 1,
    through: each.at(-1)!.position,
  }));
};

const isSame = (one: Correction, other: Correction): boolean => one.kind === other.kind && one.id === other.id;

/** The services that it touches, each once. */
export const servicesIn = ({ touches }: Stretch): readonly string[] => [
  ...new Set(touches.map(({ serviceId }) => serviceId)),
];
