import { readFileSync } from 'node:fs';

const CONFIGURATION = new URL('../../../../deploy/proxy/nginx.conf', import.meta.url);

type Route = Readonly<{ pattern: RegExp; owner: string }>;

/** Which service owns a path, by the map that the proxy is configured with: the first match counts. */
export const ownersByPath = (configuration = readFileSync(CONFIGURATION, 'utf8')) => {
  const routes = routesIn(configuration);
  return (path: string): string | undefined => {
    for (const { pattern, owner } of routes) {
      const match = pattern.exec(path);
      if (match) return owner.startsWith('$') ? match.groups?.[owner.slice(1)] : owner;
    }
    return undefined;
  };
};

const routesIn = (configuration: string): readonly Route[] => {
  const [, map = ''] = /map \$uri \$owner \{\n([\s\S]*?)\n\s*\}/.exec(configuration) ?? [];
  const routes = [...map.matchAll(/^\s*~(\S+)\s+(\S+);/gm)].map(([, pattern = '', owner = '']) => ({
    pattern: new RegExp(pattern),
    owner,
  }));
  if (routes.length === 0) throw new Error('the configuration of the proxy has no map of owners');
  return routes;
};
