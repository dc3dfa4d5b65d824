import type { Command } from 'commander';
import { Client, type Json } from './client.ts';
import { exitCodes, WrongUsage } from './failures.ts';
import type { Surroundings } from './surroundings.ts';

/** What a command has at hand: Slipway, its output, and its exit code. */
export class Session {
  readonly env: Surroundings['env'];
  readonly paint: Surroundings['paint'];
  private readonly surroundings: Surroundings;
  private readonly end: (exitCode: number) => void;
  private options: () => { url?: string; token?: string; json?: boolean } = () => ({});
  private address = '';

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

  /** With a token of its own, for a command that makes one. */
  client(token = this.options().token ?? (this.env['SLIPWAY_TOKEN'] || undefined)): Client {
    const url = this.options().url ?? this.env['SLIPWAY_URL'] ?? this.address;
    if (!URL.canParse(url)) throw new WrongUsage(`${url} is no address: give one such as ${this.address}.`);
    return new Client(url, token);
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

  exit(exitCode: (typeof exitCodes)[keyof typeof exitCodes]): void {
    this.end(exitCode);
  }
}
