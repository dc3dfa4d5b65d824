import { play } from './story/play.ts';

// node services/standalone/dist/play.js <address>: the demo's story, told to a system that runs elsewhere.
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const [address] = process.argv.slice(2);
const { GITHUB_WEBHOOK_SECRET: github, ALERTMANAGER_WEBHOOK_TOKEN: alertmanager } = process.env;

if (!address || !github || !alertmanager) {
  say('play.js <address>, with GITHUB_WEBHOOK_SECRET and ALERTMANAGER_WEBHOOK_TOKEN as the system there has them.');
  process.exit(2);
}
const stage = { url: address.replace(/\/+$/, ''), secrets: { github, alertmanager }, say };
const asByHand = await play(stage).catch((error: Error) => {
  say(`${address}: ${error.message}`);
  return false;
});
process.exitCode = asByHand ? 0 : 1;
