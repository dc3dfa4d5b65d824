/** A repository as tools name it: `owner/name`, or an https, ssh or scp-like URL, with or without `.git`. */
export type Repository = Readonly<{ host?: string; path: string }>;

const URL_FORM = /^[a-z+]+:\/\/(?:[^@/]*@)?(?<host>[^/:]+)(?::\d+)?\/(?<path>.*)$/i;
const SCP_FORM = /^[^@/]+@(?<host>[^:/]+):(?<path>.*)$/;

/** Lower case, since the hosts that we know do not tell `Owner/Name` from `owner/name`. */
export const repositoryOf = (text: string): Repository => {
  const { host, path = text } = (URL_FORM.exec(text) ?? SCP_FORM.exec(text))?.groups ?? {};
  const clean = path
    .replaceAll(/^\/+|\/+$/g, '')
    .replace(/\.git$/i, '')
    .toLowerCase();
  return host ? { host: host.toLowerCase(), path: clean } : { path: clean };
};

/** The same path; and the same host, where both name one. */
export const sameRepository = (a: Repository, b: Repository): boolean =>
  a.path === b.path && (a.host === undefined || b.host === undefined || a.host === b.host);
