import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { asyncApi } from './asyncapi.ts';
import { eventTypes } from './registry.ts';

type Document = Readonly<{
  channels: Readonly<Record<string, { address: string; messages: Readonly<Record<string, { $ref: string }>> }>>;
  operations: Readonly<Record<string, { channel: { $ref: string } }>>;
  components: Readonly<{ messages: Readonly<Record<string, { name: string }>> }>;
}>;

const document = asyncApi() as Document;

test('docs/asyncapi.yaml is what the contracts say: node -C @slipway/source tools/asyncapi.ts', () => {
  const file = readFileSync(new URL('../../../docs/asyncapi.yaml', import.meta.url), 'utf8');
  expect(parse(file)).toEqual(document);
});

test('every type is one message of one channel', () => {
  const listed = Object.values(document.channels).flatMap(channel => Object.keys(channel.messages));
  expect(listed.sort()).toEqual([...eventTypes.keys()].sort());
  for (const { type, cloudEventType } of eventTypes.values())
    expect(document.components.messages[type]?.name).toBe(cloudEventType);
});

test('every reference leads somewhere', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path!);
  expect(references.length).toBeGreaterThan(eventTypes.size);
  for (const path of references) {
    const found = path
      .split('/')
      .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document);
    expect([path, typeof found]).toEqual([path, 'object']);
  }
});
