import { setTimeout as pause } from 'node:timers/promises';
import { processorSeconds } from '../processor-time.ts';
import { startRemote } from '../remote.ts';
import type { Measure } from './measure.ts';
import { rounded } from './quantile.ts';
import { type Program, setStage, type Stage, startLeaders, startProgram } from './stage.ts';

const SETTLE_MS = 15_000;

/** The CPU seconds that every process uses in a minute in which nothing happens, beside what kafkajs alone uses. */
export const idle: Measure = async ({ minutes = 1, say }) => {
  const idleSeconds = minutes * 60;
  const stage = await setStage();
  const running: { stop: () => Promise<void> }[] = [stage];
  const started = async <Started extends { stop: () => Promise<void> }>(each: Promise<Started>): Promise<Started> => {
    running.unshift(await each);
    return each;
  };
  try {
    const servers = { PostgreSQL: stage.postgres, broker: stage.kafka };
    const alone = await usedAtRest(idleSeconds, servers, say);
    const all = {
      'sequencer and relay': (await started(startLeaders(stage))).pid,
      'a service (planning)': (await started(startPlanning(stage))).pid,
      'kafkajs alone, its idle timer mended': (await started(startBareKafka(stage))).pid,
      ...servers,
    };
    const together = await usedAtRest(idleSeconds, all, say);
    return { figures: { idleSeconds, alone, together }, lines: linesOf(idleSeconds, alone, together) };
  } finally {
    for (const each of running) await each.stop();
  }
};

/** CPU seconds, or process ids, by name. */
type Named = Readonly<Record<string, number>>;

/** CPU seconds by name, of processes given by id, and of everything below them. */
const usedAtRest = async (seconds: number, roots: Named, say: (line: string) => void): Promise<Named> => {
  await pause(SETTLE_MS);
  say(`${seconds} s in which ${Object.keys(roots).join(', ')} have nothing to do`);
  const before = processorSeconds(Object.values(roots));
  await pause(seconds * 1_000);
  const after = processorSeconds(Object.values(roots));
  return Object.fromEntries(
    Object.keys(roots).map((name, index) => [name, rounded((after[index] ?? 0) - (before[index] ?? 0))]),
  );
};

/** A whole service with its consumers. Nobody asks it anything, so nobody has to issue tokens. */
const startPlanning = ({ urlOf, broker, prefix }: Stage): Promise<Program> =>
  startProgram('services/planning/dist/main.js', {
    DATABASE_URL: urlOf('planning'),
    KAFKA_BROKERS: broker,
    TOPIC_PREFIX: prefix,
    OIDC_ISSUER: 'https://issuer.example.org',
    OIDC_JWKS_URL: 'https://issuer.example.org/jwks.json',
  });

const startBareKafka = ({ broker, prefix }: Stage) =>
  startRemote(new URL('./bare-kafka.process.js', import.meta.url), {
    KAFKA_BROKERS: broker,
    TOPIC: `${prefix}.releases`,
  });

const linesOf = (idleSeconds: number, alone: Named, together: Named): readonly string[] => [
  `CPU seconds in ${idleSeconds} idle seconds`,
  ...Object.entries(together).map(([name, used]) => {
    const own = alone[name];
    const note = own === undefined ? '' : `  (${own.toFixed(2)} with nobody connected)`;
    return `${name.padEnd(42)}${used.toFixed(2).padStart(8)}${note}`;
  }),
];
