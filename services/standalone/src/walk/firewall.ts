import { type Cast, window } from './cast.ts';
import type { Walk } from './walker.ts';

const CHG4 = '/v1/changes/CHG-4';
const BY_REF = '/v1/changes/by-ref/terraform/network-17';

/** A change without a release: a rule of the firewall. */
export const changeTheFirewall = async (walk: Walk, { rita, quinn, omar }: Cast): Promise<void> => {
  const targets = [{ service: 'payment', environment: 'production-eu' }];
  const configurationItems = [{ kind: 'firewall-rule', name: 'allow-provider-2' }];
  await rita.posts(
    'Rita raises a change for the firewall',
    '/v1/changes',
    {
      title: 'Let the second provider in',
      model: 'normal',
      content: { window: window(walk), targets, configurationItems },
    },
    { number: 'CHG-4', state: 'Authorize', releaseIds: [], content: { configurationItems, artifacts: [] } },
  );
  await quinn.isRefused(
    'Without a way back nobody approves',
    'back-out-plan-missing',
    `${CHG4}/approve`,
    await content(quinn),
  );
  await rita.posts(
    'There is one',
    `${CHG4}/plan`,
    { kind: 'back-out', steps: 'Take the rule away.', minutes: 5 },
    { plans: [{ kind: 'back-out', minutes: 5 }] },
  );
  await quinn.posts('Quinn approves', `${CHG4}/approve`, await content(quinn), { state: 'Authorize' });
  await omar.posts('Omar approves', `${CHG4}/approve`, await content(omar), { state: 'Scheduled' });
};

const content = async (reader: Cast['quinn']): Promise<object> => {
  const { contentDigest } = await reader.sees('The rule is read', CHG4, {});
  return { contentDigest };
};

/** Nothing deploys a rule: Nils does it himself, once he was told that he may. */
export const doItByHand = async ({ rita, nils }: Cast): Promise<void> => {
  const asked = { change: 'CHG-4', service: 'payment', environment: 'production-eu', digests: [] };
  const { id: decision } = await nils.posts('Nils asks whether he may', '/v1/decisions', asked, { verdict: 'allow' });
  const { attempts } = await nils.posts(
    'He begins',
    `${CHG4}/begin-work`,
    { decision },
    { state: 'Implement', attempts: [{ byHand: true }] },
  );
  await nils.posts(
    'and is done',
    `${CHG4}/finish-work`,
    { attempt: attempts[0].deploymentId, outcome: 'succeeded' },
    { state: 'Review', outcomes: [{ outcome: 'succeeded' }] },
  );
  await rita.posts('The rule works', `${CHG4}/review`, { closeCode: 'successful' }, { closeCode: 'successful' });
  await rita.posts('and its change is closed', `${CHG4}/close`, {}, { state: 'Closed', closeCode: 'successful' });
};

/** A pipeline's own change: said twice it is one, and it is called off. */
export const keepInStep = async (walk: Walk, { rita }: Cast): Promise<void> => {
  const change = {
    title: 'Wider subnet',
    model: 'standard',
    content: { window: window(walk), targets: [{ service: 'cart', environment: 'test' }], backoutMinutes: 5 },
  };
  await rita.puts('A change is kept in step by its name elsewhere', BY_REF, change, {
    number: 'CHG-5',
    done: ['raised', 'described'],
  });
  await rita.puts('Said again, it is the same', BY_REF, change, { number: 'CHG-5', done: [] });
  await rita.puts(
    'Said otherwise, it follows',
    BY_REF,
    { ...change, title: 'Much wider subnet' },
    {
      title: 'Much wider subnet',
      done: ['described'],
    },
  );
  await rita.posts(
    'It is called off',
    '/v1/changes/CHG-5/cancel',
    { reason: 'The subnet is wide enough.' },
    {
      state: 'Canceled',
    },
  );
};
