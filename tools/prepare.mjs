// Installs and builds when that is needed. It runs on whatever Node the machine has, from 20 up, before anything is
// installed: only Node itself may be used.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const at = path => join(root, path);
/** The Node that npm brought. */
export const node = at('node_modules/.bin/node');
const installed = at('node_modules/.installed');

export const say = line => process.stderr.write(`${line}\n`);

const run = (command, args) => {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status === 0) return;
  say(`${[command, ...args].join(' ')} failed${error ? `: ${error.message}` : ''}`);
  process.exit(status ?? 1);
};

const install = () => {
  const wanted = createHash('sha256');
  for (const file of ['package.json', 'package-lock.json'].map(at).filter(existsSync))
    wanted.update(readFileSync(file));
  const digest = wanted.digest('hex');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === digest) return;
  say('Installing what the lock file names (the first time takes a minute) …');
  // `npm ci` refuses a lock file that was made where some platform's optional packages could not be had.
  run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']);
  if (!existsSync(node)) {
    say('The npm package "node" is there but its install script did not run: npm install-scripts approve node');
    process.exit(1);
  }
  writeFileSync(installed, digest);
};

/** Everything installed and compiled; ends the process, with a word why, when it cannot be. */
export const prepare = () => {
  install();
  if (!existsSync(at('services/standalone/dist/main.js'))) say('Compiling …');
  run(node, [at('node_modules/typescript/bin/tsc'), '-b']);
};

/** Runs a command of ours in the foreground and ends as it ends. */
export const become = args => {
  const child = spawn(node, args, { cwd: root, stdio: 'inherit' });
  // Ctrl-C reaches the child from the terminal; we wait for it to drain.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143);
  });
};
