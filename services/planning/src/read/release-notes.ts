import type { ScopeItem } from '@slipway/contracts';
import type { ReleaseView } from './release.view.ts';

type NotedItem = Readonly<{ key: string; title: string; system?: string; reference?: string; url?: string }>;
type Section = Readonly<{ kind: ScopeItem['kind']; heading: string; items: readonly NotedItem[] }>;
type Shipped = Readonly<{
  serviceId: string;
  service: string;
  version: string;
  digest: string;
  repository: string;
  commits: readonly Readonly<{ sha: string; committedAt: string }>[];
}>;

export type ReleaseNotes = Readonly<{
  title: string;
  number: string;
  state: string;
  window?: ReleaseView['window'];
  sections: readonly Section[];
  services: readonly Shipped[];
  /** What was decided not to be in it. */
  tradedOff: readonly NotedItem[];
}>;

const HEADINGS: Readonly<Record<ScopeItem['kind'], string>> = {
  regulatory: 'Regulatory',
  feature: 'Features',
  fix: 'Fixes',
  'tech-debt': 'Technical debt',
};

/** The draft of its notes: what is in its scope, and what ships it. `names` are those of services, by id. */
export const notesOf = (release: ReleaseView, number: string, names: ReadonlyMap<string, string>): ReleaseNotes => ({
  title: release.title,
  number,
  state: release.state,
  ...(release.window && { window: release.window }),
  sections: sectionsOf(release.scope),
  services: release.artifacts.map(({ serviceId, version, digest, repository, commits }) => ({
    serviceId,
    service: names.get(serviceId) ?? serviceId,
    version,
    digest,
    repository,
    commits: commits.map(({ sha, committedAt }) => ({ sha, committedAt })),
  })),
  tradedOff: release.tradeOffs.flatMap(({ items }) => items).map(notedItem),
});

const sectionsOf = (scope: readonly ScopeItem[]): readonly Section[] =>
  (Object.keys(HEADINGS) as ScopeItem['kind'][]).flatMap(kind => {
    const items = scope.filter(item => item.kind === kind).map(notedItem);
    return items.length === 0 ? [] : [{ kind, heading: HEADINGS[kind], items }];
  });

const notedItem = ({ key, title, externalRef: ref }: ScopeItem): NotedItem => ({
  key,
  title,
  ...(ref && { system: ref.system, reference: ref.key, ...(ref.url !== undefined && { url: ref.url }) }),
});

/** CommonMark. What people wrote stays text: nothing of it is taken for markup. */
export const markdownOf = ({ title, number, window, sections, services, tradedOff }: ReleaseNotes): string =>
  [
    `# ${plain(title)} (${number})`,
    ...(window ? [`${window.start} to ${window.end}`] : []),
    ...sections.map(({ heading, items }) => listOf(heading, items.map(itemLine))),
    ...(services.length > 0 ? [listOf('What ships', services.map(shippedLine))] : []),
    ...(tradedOff.length > 0 ? [listOf('Not in this release', tradedOff.map(itemLine))] : []),
  ]
    .join('\n\n')
    .concat('\n');

const listOf = (heading: string, lines: readonly string[]): string => [`## ${heading}`, '', ...lines].join('\n');

const itemLine = ({ key, title, system, reference, url }: NotedItem): string => {
  const words = system === undefined ? undefined : plain(`${system} ${reference}`);
  const link = words !== undefined && url !== undefined ? `[${words}](<${addressOf(url)}>)` : words;
  return `- **${plain(key)}** ${plain(title)}${link === undefined ? '' : ` (${link})`}`;
};

const MOST_SHOWN = 20;

const shippedLine = ({ service, version, repository, commits }: Shipped): string => {
  const shown = commits.slice(0, MOST_SHOWN).map(({ sha }) => `\`${sha.slice(0, 10)}\``);
  const more = commits.length > MOST_SHOWN ? [`${commits.length - MOST_SHOWN} more`] : [];
  const from = commits.length === 0 ? '' : `: ${[...shown, ...more].join(', ')}`;
  return `- ${plain(service)} ${plain(version)} from ${plain(repository)}${from}`;
};

const plain = (text: string): string =>
  text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_{}[\]<>()#!|~&]/g, mark => `\\${mark}`);

const addressOf = (url: string): string => url.replaceAll(/[<>\\]/g, encodeURIComponent);
