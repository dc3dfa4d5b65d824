import type { Command } from 'commander';
import { Client, type Json } from './client.ts';
import { type exitCodes, Unreachable, WrongUsage } from './failures.ts';
import { isOver, keepSession, refreshed, sessionFile, sessionIn, type SignedIn } from './sign-in.ts';
import type { Surroundings } from './surroundings.ts';

/** Commands that are about signing in themselves. */
const SIGNING_IN = ['login', 'logout'];

/** What a command has at hand: Slipway, its output, and its exit code. */
export class Session {
  readonly env: Surroundings['env'];
  readonly paint: Surroundings['paint'];
  private readonly surroundings: Surroundings;
  private readonly end: (exitCode: number) => void;
  private options: () => { url?: string; token?: string; json?: boolean } = () => ({});
  private address = '';
  private signedIn: string | undefined;

  constructor(surroundings: Surroundings, end: (exitCode: number) => void) {
    this.surroundings = surroundings;
    this.env = surroundings.env;
    this.paint = surroundings.paint;
    this.end = end;
  }

  /** The options that stand before or after every command. */
  listen(program: Command, address: string): void {
    this.options = () => program.opts();
    this.address = address;
  }

  /** The address of the Slipway that is asked. */
  url(): string {
    const url = this.options().url ?? this.env['SLIPWAY_URL'] ?? this.address;
    if (URL.canParse(url)) return url;
    throw new WrongUsage(`${url} is no address: give one such as ${this.address}.`);
  }

  /** With a token of its own, for a command that makes one. */
  client(token = this.said() ?? this.signedIn): Client {
    return new Client(this.url(), token);
  }

  /** Who signed in here, for a command that nobody gave a token to. */
  async takeUp(command: string): Promise<void> {
    const file = sessionFile(this.env);
    if (file === undefined || this.said() !== undefined || SIGNING_IN.includes(command)) return;
    const session = await sessionIn(file);
    if (session?.url !== this.url()) return;
    this.signedIn = await this.current(session, file);
  }

  private async current(session: SignedIn, file: string): Promise<string | undefined> {
    if (!isOver(session, Date.now())) return session.accessToken;
    try {
      const next = await refreshed(session);
      await keepSession(file, next);
      return next.accessToken;
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      this.remark('You are not signed in any more: slipway login.');
      return undefined;
    }
  }

  private said(): string | undefined {
    return this.options().token ?? (this.env['SLIPWAY_TOKEN'] || undefined);
  }

  get isForMachines(): boolean {
    return this.options().json === true;
  }

  /** The answer as it came for machines, in words for people. */
  async show(answer: Json | object, inWords: () => string | Promise<string>): Promise<void> {
    this.surroundings.out(this.isForMachines ? `${JSON.stringify(answer, null, 2)}\n` : await inWords());
  }

  print(text: string): void {
    this.surroundings.out(text);
  }

  /** Beside the answer, so that it never stands in what a pipe reads. */
  remark(text: string): void {
    this.surroundings.err(`${text}\n`);
  }

  /** Whether somebody looks at what is drawn. */
  get isTerminal(): boolean {
    return this.surroundings.isTerminal === true && !this.isForMachines;
  }

  /** Beside the answer, over what was drawn before. */
  draw(text: string): void {
    this.surroundings.err(text);
  }

  exit(exitCode: (typeof exitCodes)[keyof typeof exitCodes]): void {
    this.end(exitCode);
  }
}
