import type { ScopeItem } from '@slipway/contracts';
import type { KnownError } from './problem.query.ts';
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

/** A problem that is analyzed and can be lived with; how stands in it. */
type NotedError = Readonly<{ number: string; title: string; services: readonly string[] }>;

export type ReleaseNotes = Readonly<{
  title: string;
  number: string;
  state: string;
  window?: ReleaseView['window'];
  sections: readonly Section[];
  services: readonly Shipped[];
  /** Of these services. */
  knownErrors: readonly NotedError[];
  /** What was decided not to be in it. */
  tradedOff: readonly NotedItem[];
}>;

const HEADINGS: Readonly<Record<ScopeItem['kind'], string>> = {
  regulatory: 'Regulatory',
  feature: 'Features',
  fix: 'Fixes',
  'tech-debt': 'Technical debt',
};

/** What the notes say that does not stand in the release itself. */
export type Known = Readonly<{
  number: string;
  /** Of services, by id. */
  names: ReadonlyMap<string, string>;
  knownErrors: readonly KnownError[];
}>;

/** The draft of its notes: what is in its scope, what ships it, and what is known not to work. */
export const notesOf = (release: ReleaseView, { number, names, knownErrors }: Known): ReleaseNotes => ({
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
  knownErrors: knownErrors.map(({ number: problem, title, serviceIds }) => ({
    number: problem,
    title,
    services: namesOfShipped(release, serviceIds, names),
  })),
  tradedOff: release.tradeOffs.flatMap(({ items }) => items).map(notedItem),
});

const namesOfShipped = (
  { artifacts }: ReleaseView,
  serviceIds: readonly string[],
  names: ReadonlyMap<string, string>,
): readonly string[] =>
  serviceIds.filter(id => artifacts.some(({ serviceId }) => serviceId === id)).map(id => names.get(id) ?? id);

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
export const markdownOf = ({
  title,
  number,
  window,
  sections,
  services,
  knownErrors,
  tradedOff,
}: ReleaseNotes): string =>
  [
    `# ${plain(title)} (${number})`,
    ...(window ? [`${window.start} to ${window.end}`] : []),
    ...sections.map(({ heading, items }) => listOf(heading, items.map(itemLine))),
    ...(services.length > 0 ? [listOf('What ships', services.map(shippedLine))] : []),
    ...(knownErrors.length > 0 ? [listOf('Known errors', knownErrors.map(errorLine))] : []),
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

const errorLine = ({ number, title, services }: NotedError): string =>
  `- **${plain(number)}** ${plain(title)} (${services.map(plain).join(', ')}); it has a workaround`;

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
