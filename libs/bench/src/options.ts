import { Command, InvalidArgumentError, Option } from 'commander';

export const parts = ['append', 'sustained', 'read', 'rebuild', 'rest', 'lost'] as const;
export type Part = (typeof parts)[number];

export type Options = Readonly<{
  parts: readonly Part[];
  inFlight: readonly number[];
  rounds: number;
  /** Of one store in one round. */
  seconds: number;
  rebuildEvents: number;
  emmettEvents: number;
  /** Append at 32 in flight beside emmett only, and the ratio of processor time must hold. */
  short: boolean;
  json?: string;
  /** Processor profiles of every process of the benchmark go there. */
  profile?: string;
}>;

type Given = Readonly<{
  minutes?: number;
  only?: readonly Part[];
  inFlight: readonly number[];
  rounds: number;
  seconds: number;
  rebuildEvents: number;
  emmettEvents: number;
  short?: true;
  json?: string;
  profile?: string;
}>;

const IN_FLIGHT = [1, 8, 32, 128];
const SHORT_ROUNDS = 3;
const SHORT_SECONDS = 4;

/** `npm run bench -- …`. Ends the process after `--help` and at what it does not understand. */
export const optionsFrom = (words: readonly string[]): Options => {
  const command = new Command('npm run bench --')
    .description('Slipway beside emmett, message-db and a plain insert, on one server, in one run')
    .option('--minutes <n>', 'about how long the whole takes, in place of --seconds', positive)
    .option('--only <parts>', `of ${parts.join(', ')}`, partsIn)
    .option('--in-flight <numbers>', 'appends under way at once', numbersIn, IN_FLIGHT)
    .option('--rounds <n>', 'rounds, everybody in each', positive, 3)
    .option('--seconds <n>', 'of one store in one round', positive, 5)
    .option('--rebuild-events <n>', 'that a projection is rebuilt over', positive, 1_000_000)
    .option('--emmett-events <n>', 'the same for emmett, whose rate does not depend on it', positive, 100_000)
    .option('--json <file>', 'every figure with its rounds, and the ratios')
    .option('--profile <directory>', 'processor profiles of every process that the benchmark starts')
    .addOption(new Option('--short', 'what CI runs: append at 32, gates the ratio of processor time'));
  const given = command.parse(words, { from: 'user' }).opts<Given>();
  return given.short ? short(given) : whole(given);
};

const short = ({ json, profile }: Given): Options => ({
  parts: ['append'],
  inFlight: [32],
  rounds: SHORT_ROUNDS,
  seconds: SHORT_SECONDS,
  rebuildEvents: 0,
  emmettEvents: 0,
  short: true,
  ...(json && { json }),
  ...(profile && { profile }),
});

const whole = ({ minutes, only = parts, ...given }: Given): Options => {
  const options = { ...given, parts: only, short: false };
  return minutes === undefined ? options : { ...options, seconds: secondsIn(minutes, options) };
};

/** Beside a measured second: warming up, preparing streams, writing out what is dirty. */
const OVERHEAD = 2;
const APPENDERS = { append: 7, sustained: 4 };

const secondsIn = (minutes: number, { parts: wanted, inFlight, rounds }: Options): number => {
  const appenders = wanted.reduce((sum, part) => sum + (part in APPENDERS ? APPENDERS[part as 'append'] : 0), 0);
  const slots =
    rounds * (appenders * inFlight.length + (wanted.includes('read') ? 6 : 0) + (wanted.includes('rest') ? 3 : 0));
  return Math.max(1, Math.floor((minutes * 60) / Math.max(1, slots) / OVERHEAD));
};

const positive = (word: string): number => {
  const value = Number(word);
  if (!(Number.isInteger(value) && value > 0)) throw new InvalidArgumentError('A number above 0.');
  return value;
};

const numbersIn = (words: string): readonly number[] => words.split(',').map(positive);

const partsIn = (words: string): readonly Part[] =>
  words.split(',').map(word => {
    const part = parts.find(each => each === word);
    if (!part) throw new InvalidArgumentError(`One or more of ${parts.join(',')}.`);
    return part;
  });
