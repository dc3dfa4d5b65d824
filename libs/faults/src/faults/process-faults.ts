import type { Random } from '../plan/random.ts';
import type { Part, Program } from '../system/part.ts';
import type { System } from '../system/system.ts';
import { type Fault, nothingMore } from './fault.ts';

type Victim = Readonly<{ name: string; touches: Fault['touches']; programs: readonly Program[] }>;

const victims: readonly Victim[] = [
  { name: 'sequencer', touches: 'sequencers', programs: ['sequencer'] },
  { name: 'relay', touches: 'relays', programs: ['relay'] },
  { name: 'consumer', touches: 'consumers', programs: ['kafka-consumer', 'log-consumer'] },
  { name: 'service', touches: 'writers', programs: ['writer'] },
];

/** The one that leads, where one does. */
export const victimOf = ({ partsOf }: System, random: Random, programs: readonly Program[]): Part => {
  const parts = partsOf(...programs);
  return parts.find(({ isLeading }) => isLeading) ?? random.oneOf(parts);
};

/** SIGKILL. */
export const killings: readonly Fault[] = victims.map(({ name, touches, programs }) => ({
  kind: `kill-${name}`,
  touches,
  lengthMs: [0, 0],
  shortMs: [0, 0],
  begin: async ({ system, random }) => {
    await victimOf(system, random, programs).kill();
    return nothingMore;
  },
}));

/** SIGSTOP, and SIGCONT when it ends: the process goes on where it was, and knows of nothing. */
export const freezes: readonly Fault[] = victims.map(({ name, touches, programs }) => ({
  kind: `freeze-${name}`,
  touches,
  lengthMs: [1_000, 9_000],
  shortMs: [2_500, 3_500],
  begin: async ({ system, random }) => {
    const victim = victimOf(system, random, programs);
    await victim.freeze();
    return () => victim.thaw();
  },
}));
