import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// node -C @slipway/source tools/breaking.ts [ref]: what others rely on is as it is on main: gRPC by buf's rules (buf.yaml), and
// recorded event types byte for byte. Without a branch main, against the last commit.
const DESCRIPTORS = 'libs/contracts/proto/descriptors.binpb';
const RECORDED = 'libs/contracts/recorded';

const git = (...args: readonly string[]): Buffer => execFileSync('git', args, { maxBuffer: 64 * 1024 * 1024 });
const isThere = (ref: string): boolean =>
  spawnSync('git', ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]).status === 0;

const wanted = process.argv[2] === undefined ? ['main', 'origin/main', 'HEAD'] : [process.argv[2]];
const ref = wanted.find(isThere);
if (ref === undefined) {
  console.error(`There is nothing to compare with: no commit ${wanted.join(', ')}.`);
  process.exit(1);
}

const grpcBreaks = (): boolean => {
  const directory = mkdtempSync(join(tmpdir(), 'slipway-breaking-'));
  try {
    const against = join(directory, 'before.binpb');
    writeFileSync(against, git('show', `${ref}:${DESCRIPTORS}`));
    return spawnSync('buf', ['breaking', '--against', against], { stdio: 'inherit' }).status !== 0;
  } finally {
    rmSync(directory, { recursive: true });
  }
};

const changed = git('diff', '--name-only', '--no-renames', '--diff-filter=a', ref, '--', RECORDED).toString().trim();
if (changed !== '') console.error(`Recorded event types are not changed and not removed:\n${changed}`);
if (grpcBreaks() || changed !== '') process.exit(1);
