import { styleText } from 'node:util';

export type Style = 'green' | 'yellow' | 'red' | 'bold' | 'dim';

/** What a command is run in. */
export type Surroundings = Readonly<{
  env: Readonly<Record<string, string | undefined>>;
  out: (text: string) => void;
  err: (text: string) => void;
  /** Colors for a terminal, nothing elsewhere. */
  paint: (style: Style, text: string) => string;
  /** Whether somebody looks at what `err` says. */
  isTerminal?: boolean;
}>;

export const processSurroundings = (): Surroundings => ({
  env: process.env,
  out: text => void process.stdout.write(text),
  err: text => void process.stderr.write(text),
  // It looks for a terminal, and for NO_COLOR.
  isTerminal: process.stderr.isTTY === true,
  paint: (style, text) => styleText(style, text, { stream: process.stdout }),
});
