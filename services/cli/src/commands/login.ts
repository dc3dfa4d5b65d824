import type { Command } from 'commander';
import { WrongUsage } from '../failures.ts';
import type { Session } from '../session.ts';
import { dropSession, keepSession, sessionFile, sessionIn, signIn, signOut } from '../sign-in.ts';

type Options = Readonly<{ issuer?: string; clientId?: string; scope: string }>;

/** `slipway login --issuer https://login.example.org/realms/slipway --client-id slipway-cli` */
export const addLogin = (program: Command, session: Session): void => {
  program
    .command('login')
    .description('sign in at your issuer, by a browser here or elsewhere; every command then asks in your name')
    .option('--issuer <address>', 'of OpenID Connect (SLIPWAY_ISSUER)')
    .option('--client-id <id>', 'what the issuer knows this program as (SLIPWAY_CLIENT_ID)')
    .option('--scope <scope>', 'what is asked for', 'openid offline_access')
    .action((options: Options) => login(session, options));
  program
    .command('logout')
    .description('forget who is signed in, and tell the issuer')
    .action(() => logout(session));
};

const login = async (session: Session, options: Options): Promise<void> => {
  const { issuer = session.env['SLIPWAY_ISSUER'], clientId = session.env['SLIPWAY_CLIENT_ID'], scope } = options;
  if (!issuer || !clientId) throw new WrongUsage('Where? --issuer and --client-id say so, or the environment.');
  const file = fileOf(session);
  const signedIn = await signIn({ issuer, clientId, scope }, session.url(), ({ url, code }) =>
    session.remark(`Open ${url} and enter ${code}`),
  );
  await keepSession(file, signedIn);
  session.remark(`Signed in to ${signedIn.url}; slipway logout ends it.`);
};

const logout = async (session: Session): Promise<void> => {
  const file = fileOf(session);
  const signedIn = await sessionIn(file);
  await dropSession(file);
  if (!signedIn) return session.remark('Nobody was signed in.');
  await signOut(signedIn).then(
    () => session.remark('Signed out.'),
    () => session.remark('Signed out here. The issuer could not be told: what it gave ends by itself.'),
  );
};

const fileOf = ({ env }: Session): string => {
  const file = sessionFile(env);
  if (file === undefined) throw new WrongUsage('There is no place for who is signed in: SLIPWAY_SESSION names a file.');
  return file;
};
