import { createHash } from 'node:crypto';
import type { Walk, Walker } from './walker.ts';

export type Cast = Readonly<
  Record<'ada' | 'rita' | 'quinn' | 'omar' | 'otto' | 'dana' | 'pipeline' | 'nils' | 'ivy' | 'nina' | 'audrey', Walker>
>;

/** Only Ada's token has a role; all others hold what she grants them. */
export const castOf = async (walk: Walk): Promise<Cast> => ({
  ada: await walk.as('ada@shop.example', 'administrator'),
  rita: await walk.as('rita@shop.example'),
  quinn: await walk.as('quinn@shop.example'),
  omar: await walk.as('omar@shop.example'),
  otto: await walk.as('otto@shop.example'),
  dana: await walk.as('dana@shop.example'),
  pipeline: await walk.as('shop-pipeline'),
  nils: await walk.as('nils@shop.example'),
  ivy: await walk.as('ivy@shop.example'),
  nina: await walk.as('nina@shop.example'),
  audrey: await walk.as('audrey@shop.example'),
});

export const people = ['rita', 'quinn', 'omar', 'otto', 'dana', 'nils', 'ivy', 'nina', 'audrey'].map(name => ({
  name: `${name[0]?.toUpperCase()}${name.slice(1)} Example`,
  email: `${name}@shop.example`,
  accounts: [`github:${name}-example`],
}));

export const digestOf = (content: string): string => `sha256:${createHash('sha256').update(content).digest('hex')}`;

/** What the pipeline built of Dana's commits. */
export const artifact = (walk: Walk, service: string, version: string) => ({
  service,
  version,
  purl: `pkg:oci/${service}@${version}`,
  digest: digestOf(`${service} ${version}`),
  repository: `shop/${service}`,
  commits: [
    {
      sha: createHash('sha1').update(`${service} ${version}`).digest('hex'),
      author: 'github:dana-example',
      committedAt: walk.at(-24 * 60),
    },
  ],
  builtBy: 'sub:shop-pipeline',
});

/** Around now. */
export const window = (walk: Walk) => ({ start: walk.at(-30), end: walk.at(10 * 60) });

export const rollbackPlan = {
  steps: 'Deploy what was live before.',
  backoutMinutes: 20,
  triggers: ['more than 5 % of the checkouts fail'],
};
