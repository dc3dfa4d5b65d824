import { writeFile } from 'node:fs/promises';
import { appendRatios, benchAppend } from './append.ts';
import { type Databases, makeDatabases, peerClient, slipwayClient } from './contest.ts';
import { benchLost } from './lost.ts';
import { machineWith, versionsOf } from './machine.ts';
import { runMeasure } from './measures/run.ts';
import { type Options, optionsFrom } from './options.ts';
import { pgbenchVersion } from './peers/pgbench/pgbench.ts';
import { canTellProcessorTime } from './processor-time.ts';
import { benchRead, readRatios } from './read.ts';
import { benchRebuild, missedIn, rebuildRatios } from './rebuild.ts';
import { nodeArguments } from './remote.ts';
import { reportOf } from './report.ts';
import { benchRest, restRatios } from './rest.ts';
import type { Results } from './results.ts';
import { say } from './say.ts';
import { SERVER_SETTINGS, type Stage, startStage, withClient } from './stage.ts';
import { targets } from './targets.ts';

const LOST_SECONDS = 5;
const DURABLE = ['fsync', 'synchronous_commit', 'full_page_writes'];

const bench = async (options: Options): Promise<Results> => {
  say('Starting PostgreSQL …');
  const stage = await startStage();
  try {
    const databases = await makeDatabases(stage);
    const results: Results = {
      machine: await machineWith(stage.directory),
      versions: await versionsOf(databases.plain),
      settings: await settingsOf(databases),
      figures: {},
      ratios: {},
      ratioRounds: {},
      notes: [],
    };
    refuseLoose(results);
    await runParts(stage, databases, options, results);
    return { ...results, ratios: mediansOf(results, options) };
  } finally {
    await stage.stop();
  }
};

const runParts = async (stage: Stage, databases: Databases, options: Options, results: Results): Promise<void> => {
  const { parts, rounds, short } = options;
  const has = (part: Options['parts'][number]): boolean => parts.includes(part);
  if (has('append') || has('sustained')) {
    const figures = await benchAppend(stage, databases, {
      ...options,
      append: has('append'),
      sustained: has('sustained'),
      emmettOnly: short,
    });
    const unmeasured = pgbenchVersion() || short ? {} : { pgbench: null };
    for (const [inFlight, found] of figures) {
      results.figures[`append, ${inFlight} in flight`] = { ...unmeasured, ...Object.fromEntries(found) };
      Object.assign(results.ratioRounds, appendRatios(inFlight, found));
    }
  }
  if (has('read')) {
    const found = await benchRead(stage, databases, options);
    results.figures['read'] = Object.fromEntries(found);
    Object.assign(results.ratioRounds, readRatios(found));
  }
  if (has('rebuild')) {
    const { rebuildEvents: events, emmettEvents } = options;
    const found = await benchRebuild(stage, { rounds, events, emmettEvents });
    results.figures['rebuild'] = Object.fromEntries(found);
    Object.assign(results.ratioRounds, rebuildRatios(found));
    results.notes.push(...missedIn(found));
    if (emmettEvents < events)
      results.notes.push(`The rebuild of emmett is over ${emmettEvents} events, ours over ${events}.`);
  }
  if (has('rest')) {
    const found = await benchRest(stage, options);
    results.figures['rest, 32 in flight'] = Object.fromEntries(found);
    Object.assign(results.ratioRounds, restRatios(found));
  }
  if (has('lost')) results.lost = await benchLost(stage, LOST_SECONDS);
  if (!pgbenchVersion()) results.notes.push('NO PGBENCH on this machine: the floor was not measured.');
  if (!canTellProcessorTime()) results.notes.push('NO /proc on this machine: processor time was not measured.');
};

// Without pgbench its ratios are null, so that nobody takes them for forgotten.
const mediansOf = ({ ratioRounds }: Results, { inFlight, parts, short }: Options): Results['ratios'] => {
  const isMissing = !pgbenchVersion() && !short;
  const missing = parts
    .filter(part => isMissing && (part === 'append' || part === 'sustained'))
    .flatMap(part => inFlight.map(number => [`${part}.${number}.pgbench`, null] as const));
  const medians = Object.entries(ratioRounds).map(([name, { median }]) => [name, median] as const);
  return Object.fromEntries([...missing, ...medians]);
};

const settingsOf = async (databases: Databases): Promise<Results['settings']> => {
  const clients = {
    slipway: await slipwayClient(databases.slipway),
    emmett: await peerClient('emmett', databases.emmett, 10),
    'message-db': await peerClient('message-db', databases.messageDb, 10),
  };
  const settings: Results['settings'] = {};
  for (const [store, client] of Object.entries(clients)) {
    settings[store] = await client.ask.settings(DURABLE);
    await client.stop();
  }
  settings['pgbench'] = Object.fromEntries(
    await withClient(databases.plain, async client => {
      const shown = [];
      for (const name of [...DURABLE, ...Object.keys(SERVER_SETTINGS)]) {
        const { rows } = await client.query<Record<string, string>>(`SHOW ${name}`);
        shown.push([name, rows[0]?.[name] ?? ''] as const);
      }
      return shown;
    }),
  );
  return settings;
};

const refuseLoose = ({ settings }: Results): void => {
  for (const [store, values] of Object.entries(settings))
    for (const name of DURABLE)
      if (values[name] !== 'on')
        throw new Error(`${store}: ${name} is ${values[name]}, so that its figures say nothing`);
};

const beside = async (words: readonly string[]): Promise<void> => {
  const options = optionsFrom(words);
  if (options.profile) nodeArguments.push('--cpu-prof', `--cpu-prof-dir=${options.profile}`);
  const results = await bench(options);
  process.stdout.write(`${reportOf(results)}\n`);
  if (options.json) await writeFile(options.json, `${JSON.stringify(results, undefined, 2)}\n`);
  const gated = 'cpu.32.emmett';
  const isBelow = (results.ratios[gated] ?? 0) < (targets[gated] ?? 0);
  if (options.short && canTellProcessorTime() && isBelow) {
    say(`${gated} is ${results.ratios[gated]?.toFixed(2)}, and must be at least ${targets[gated]}`);
    process.exitCode = 1;
  }
};

const [first, ...words] = process.argv.slice(2);
await (first === 'measure' ? runMeasure(words) : beside(process.argv.slice(2)));
