import { brokenPromises, nameOf, type Recording, unrecorded } from '@slipway/contracts/recording';
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

// node -C @slipway/source tools/contracts-record.ts: event types that are new, and what was added to known ones, into
// libs/contracts/recorded. What is there is never changed; what breaks it is refused.
const directory = new URL('../libs/contracts/recorded/', import.meta.url);
mkdirSync(directory, { recursive: true });
const recorded = globSync(`${directory.pathname}*.json`).map(
  file => JSON.parse(readFileSync(file, 'utf8')) as Recording,
);

const broken = brokenPromises(recorded);
for (const how of broken) console.error(how);
if (broken.length > 0) {
  console.error('An event type that was recorded is not edited: add optional fields, or another type.');
  process.exit(1);
}
for (const recording of unrecorded(recorded)) {
  const file = new URL(`${nameOf(recording)}.json`, directory);
  writeFileSync(file, `${JSON.stringify(recording, null, 2)}\n`, { flag: 'wx' });
  console.log(`recorded ${nameOf(recording)}`);
}
