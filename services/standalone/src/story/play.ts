import { run } from '@slipway/cli';
import { setTimeout as pause } from 'node:timers/promises';
import { difference } from './by-hand.ts';
import { tell, type Told } from './story.ts';
import { type Actor, type Stage, Teller } from './teller.ts';

const PATIENCE_MS = 30_000;
const POLL_MS = 100;
const AUDITOR = 'audrey@boutique.example';

/**
 * Plays the story to an empty system that takes the tokens of its local issuer, then prints the trail of release 2 and
 * the delivery reports as a user would ask for them. Answers whether the figures are those worked out by hand.
 */
export const play = async ({ url, secrets, say }: Omit<Stage, 'tokenFor' | 'between'>): Promise<boolean> => {
  const tokenFor = tokensAt(url);
  const stage = { url, tokenFor, secrets, say };
  const audrey = await new Teller(stage).as(AUDITOR, 'auditor', 'release-manager');
  const { items } = await audrey.reads('/v1/releases');
  if (items?.length !== 0) throw new Error('There are releases already: the figures are those of the story alone.');

  const { reports } = await tell(stage);
  const wrong = await differenceAtRest(audrey, reports);
  const release = await told(audrey);
  const type = async (...words: string[]): Promise<void> =>
    typed(words, { SLIPWAY_URL: url, SLIPWAY_TOKEN: await tokenFor(AUDITOR, ['auditor']) }, say);
  await type('trail', release);
  await type('report', '--environment', 'production');
  await type('report', '--environment', 'production', '--service', 'checkoutservice');
  say(
    wrong.length === 0
      ? '\nThe report says what was worked out by hand.'
      : `\nThe report differs from what was worked out by hand:\n${wrong.join('\n')}`,
  );
  return wrong.length === 0;
};

export const tokensAt =
  (url: string): Stage['tokenFor'] =>
  async (as, roles) => {
    const response = await fetch(`${url}/local-issuer/token`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ as, roles }),
    });
    if (!response.ok) throw new Error(`It gives no tokens: ${response.status} ${await response.text()}`);
    return ((await response.json()) as { token: string }).token;
  };

/** What the reports say otherwise than the figures by hand, once the views have heard of everything. */
const differenceAtRest = async (audrey: Actor, { together: { from, to } }: Told['reports']) => {
  const report = (service = '') =>
    audrey.reads(
      `/v1/reports/delivery?environment=production&from=${from}&to=${to}${service && `&service=${service}`}`,
    );
  const look = async (): Promise<readonly string[]> =>
    difference({
      together: await report(),
      productcatalogservice: await report('productcatalogservice'),
      checkoutservice: await report('checkoutservice'),
    });
  return patiently(look, wrong => wrong.length === 0);
};

/** The number of release 2, once its trail is told to the end. */
const told = async (audrey: Actor): Promise<string> => {
  const { items: releases } = await audrey.reads('/v1/releases?q=Express%20checkout');
  const { number } = releases[0] as { number: string };
  const trail = () => audrey.reads(`/v1/audit/trail/${number}?pageSize=200`);
  await patiently(trail, ({ items }) => items?.at(-1)?.type === 'ChangeClosed');
  return number;
};

/** The first answer that is so; the last one when none is in time. */
const patiently = async <Answer>(look: () => Promise<Answer>, isSo: (answer: Answer) => boolean): Promise<Answer> => {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await look();
    if (isSo(answer) || Date.now() > deadline) return answer;
    await pause(POLL_MS);
  }
};

/** What a user would type, and what it prints. */
const typed = async (words: string[], settings: NodeJS.ProcessEnv, say: Stage['say']): Promise<void> => {
  const line = `slipway ${words.join(' ')}`;
  say(`\n$ ${line}`);
  const out = (text: string): void => void process.stdout.write(text);
  const env = { ...process.env, ...settings };
  const code = await run(words, { env, out, err: out, paint: (_, text) => text });
  if (code !== 0) throw new Error(`${line} ended with ${code}`);
};
