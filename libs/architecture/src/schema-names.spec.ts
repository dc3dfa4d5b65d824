import { globSync, readFileSync } from 'node:fs';

// OpenAPI merges schemas by class name: two services that say the same name would describe one of them wrongly.
const saidTwice = (root: string): string[] => {
  const cwd = new URL(root, import.meta.url).pathname;
  const files = globSync('services/*/src/edge/**/*.ts', { cwd }).filter(file => !file.endsWith('.spec.ts'));
  const names = files.flatMap(file =>
    [...readFileSync(`${cwd}${file}`, 'utf8').matchAll(/^(?:export )?class (\w+)/gm)].map(([, name = '']) => name),
  );
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
};

test('no two classes at the edge of services have the same name', () => expect(saidTwice('../../../')).toEqual([]));

test('the rule still bites', () => expect(saidTwice('../canary/')).toEqual(['ThingDto']));
