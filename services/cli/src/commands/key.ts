import { type Command, InvalidArgumentError, Option } from 'commander';
import { rm } from 'node:fs/promises';
import {
  type Algorithm,
  ALGORITHMS,
  createKey,
  isExposed,
  jwkIn,
  type PrivateKey,
  privateKeyIn,
  publicHalf,
  signToken,
} from '../account-key.ts';
import type { JsonObject } from '../client.ts';
import { WrongUsage } from '../failures.ts';
import type { Session } from '../session.ts';
import { type Column, inWords, table } from '../table.ts';

const KEYS: readonly Column[] = [
  ['kid', 'kid'],
  ['label', 'label'],
  ['state', 'state'],
  ['from', 'from'],
  ['last day', 'lastDay'],
  ['revoked because', 'revoked.reason'],
];

const AUDIENCE = 'slipway';

type Creating = Readonly<{ algorithm: Algorithm; account?: string }>;
type Signing = Readonly<{ account?: string; audience: string; minutes: number }>;
type Adding = Readonly<{ public: string; label: string; from?: string; to?: string }>;
type Rotating = Readonly<{ key: string; out: string; label: string; audience: string }>;
type Revoking = Readonly<{ reason: string; successorsToo?: boolean }>;

/** `slipway key create key.json`, `slipway key add sub:pipeline --public key.json --label "runner 4"` */
export const addKey = (program: Command, session: Session): void => {
  const command = program.command('key').description('keys that service accounts sign their tokens with');
  command
    .command('create <file>')
    .description('a new key pair: the private half into a file that you alone can read, the public half on stdout')
    .addOption(new Option('--algorithm <algorithm>', 'of its signatures').choices(ALGORITHMS).default('EdDSA'))
    .option('--account <account>', 'the pseudonym of the account, kept in the file: person-…')
    .action((file: string, options: Creating) => create(session, file, options));
  command
    .command('token <file>')
    .description('a token of the account, signed here: export SLIPWAY_TOKEN=$(slipway key token key.json)')
    .option('--account <account>', 'its pseudonym, when the file does not say it')
    .option('--audience <audience>', 'what OIDC_AUDIENCE says', AUDIENCE)
    .option('--minutes <minutes>', 'how long it is good, at most 60', minutesIn, 15)
    .action((file: string, options: Signing) => sign(session, file, options));
  command
    .command('add <account>')
    .description('let an account sign with a key; only the public half is sent')
    .requiredOption('--public <file>', 'a JWK: what `create` printed, or the file that it made')
    .requiredOption('--label <label>', 'where it is used')
    .option('--from <instant>', 'from now on when absent')
    .option('--to <instant>', 'the first instant at which it is no longer good; 90 days when absent')
    .action((account: string, options: Adding) => add(session, account, options));
  command
    .command('list <account>')
    .description('the keys of an account, the newest first')
    .action(async (account: string) => tell(session, await session.client().get(keysOf(account))));
  command
    .command('rotate')
    .description('make the next key and add it with the present one, as the account itself; the file is for the next')
    .requiredOption('--key <file>', 'the present key')
    .requiredOption('--out <file>', 'of the next key')
    .requiredOption('--label <label>', 'where it is used')
    .option('--audience <audience>', 'what OIDC_AUDIENCE says', AUDIENCE)
    .action((options: Rotating) => rotate(session, options));
  command
    .command('revoke <account> <kid>')
    .description('from the next call on and for good')
    .requiredOption('--reason <reason>', 'why; it is kept')
    .option('--successors-too', 'also the keys that were added with it: for a key that somebody else may have')
    .action((account: string, kid: string, options: Revoking) => revoke(session, account, kid, options));
};

const keysOf = (account: string): string => `/v1/people/${encodeURIComponent(account)}/keys`;

const create = async (session: Session, file: string, { algorithm, account }: Creating): Promise<void> => {
  session.print(`${JSON.stringify(publicHalf(await createKey(file, algorithm, account)))}\n`);
  session.remark(`The private key is in ${file}, and nowhere else.`);
};

const add = async (session: Session, account: string, { public: file, ...rest }: Adding): Promise<void> => {
  const publicKey = publicHalf(await jwkIn(file));
  await tell(session, await session.client().post(keysOf(account), { publicKey, ...rest }));
};

const rotate = async (session: Session, { key, out, label, audience }: Rotating): Promise<void> => {
  const present = await privateKeyIn(key);
  const account = accountOf(present);
  const next = await createKey(out, present.alg as Algorithm, account);
  const token = await signToken(present, { account, audience, minutes: 5 });
  const body = { publicKey: publicHalf(next), label };
  const answer = await session
    .client(token)
    .post(keysOf(account), body)
    .catch(async (error: unknown) => {
      await rm(out);
      throw error;
    });
  await tell(session, answer);
};

const accountOf = ({ account }: PrivateKey, said?: string): string => {
  const found = said ?? account;
  if (found === undefined) throw new WrongUsage('Whose key is it? --account person-… says so, to `key create` too.');
  return found;
};

const sign = async (session: Session, file: string, { account, ...rest }: Signing): Promise<void> => {
  const key = await privateKeyIn(file);
  if (await isExposed(file)) session.remark(`Others on this machine can read ${file}: chmod 600 ${file}`);
  const token = await signToken(key, { ...rest, account: accountOf(key, account) });
  await session.show({ token }, () => `${token}\n`);
};

const minutesIn = (text: string): number => {
  if (!/^[1-9]\d?$/.test(text) || Number(text) > 60) throw new InvalidArgumentError('It takes 1 to 60.');
  return Number(text);
};

const revoke = async (session: Session, account: string, kid: string, options: Revoking): Promise<void> => {
  await tell(session, await session.client().post(`${keysOf(account)}/${encodeURIComponent(kid)}/revoke`, options));
};

const tell = async (session: Session, answer: JsonObject): Promise<void> => {
  const keys = answer['keys'] as unknown as readonly JsonObject[];
  await session.show(answer, () => (keys.length === 0 ? 'No keys.\n' : table(KEYS, keys)));
  session.remark(`The account is ${inWords(answer['pseudonym'])}.`);
  for (const { kid, lastDay } of keys.filter(({ endsSoon }) => endsSoon === true))
    session.remark(`The last day of ${inWords(kid)} is ${inWords(lastDay)}, and no key goes on after it.`);
};
