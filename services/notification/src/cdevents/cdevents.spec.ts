import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { CdEvent } from './cdevent.ts';
import { LOG } from './example-log.ts';
import { factsOf, learnedFrom, type Told } from './facts.ts';
import { type Facts, MAPPING } from './mapping.ts';
import { told } from './told.ts';

type Schema = Readonly<{ $id: string; properties?: { context: { properties: { type: { enum: [string] } } } } }>;

const jsonIn = (directory: URL): readonly unknown[] =>
  readdirSync(directory)
    .filter(name => name.endsWith('.json'))
    .map(name => JSON.parse(readFileSync(new URL(name, directory), 'utf8')) as unknown);

/** By CDEvents type. */
const validatorsIn = (schemas: URL): ReadonlyMap<string, ValidateFunction> => {
  const ajv = new Ajv2020({ strict: false });
  // The package is CommonJS: what it exports is found one step further.
  (addFormats as unknown as { default: typeof addFormats.default }).default(ajv);
  for (const link of jsonIn(new URL('links/', schemas)) as readonly Schema[]) ajv.addSchema(link);
  return new Map(
    (jsonIn(schemas) as readonly Schema[]).map(schema => [
      schema.properties?.context.properties.type.enum[0] ?? '',
      ajv.compile(schema),
    ]),
  );
};

const ours = new URL('../../fixtures/cdevents-0.5.1/', import.meta.url);

const emitted = (): readonly CdEvent[] => {
  const known = new Map<string, Facts>();
  return (LOG as readonly Told[]).flatMap(event => {
    for (const [key, facts] of learnedFrom(event)) known.set(key, facts);
    return told(event, factsOf(event, known)) ?? [];
  });
};

test('what happened is told in the words of CDEvents, and the rest is not', () => {
  expect(emitted().map(({ context, subject }) => [context.type.split('.').slice(2, 4).join('.'), subject.id])).toEqual([
    ['environment.created', 'eu-id'],
    ['environment.modified', 'eu-id'],
    ['pipelinerun.queued', '1'],
    ['pipelinerun.started', '1'],
    ['pipelinerun.finished', '1'],
    ['service.deployed', 'checkout-id'],
    ['service.upgraded', 'checkout-id'],
    ['service.rolledback', 'checkout-id'],
    ['service.deployed', 'checkout-id'],
    ['incident.detected', '1'],
    ['incident.resolved', '1'],
  ]);
});

test('an artifact is named by the package URL that is known for it, else by one of its name, version and digest', () => {
  const artifacts = emitted().flatMap(({ subject }) => (subject.content as { artifactId?: string }).artifactId ?? []);
  expect(artifacts).toEqual([
    `pkg:generic/checkout@1.0%20rc?checksum=sha256:${'a'.repeat(64)}`,
    'pkg:oci/checkout@2.0',
    `pkg:generic/checkout@1.0%20rc?checksum=sha256:${'a'.repeat(64)}`,
    `pkg:generic/checkout?checksum=sha256:${'a'.repeat(64)}`,
  ]);
});

test('every line of the mapping is told, and each has the id and the time of its event', () => {
  expect(new Set(emitted().map(({ context }) => context.type))).toEqual(new Set(MAPPING.map(({ to }) => to)));
  for (const { context, customData } of emitted()) {
    expect(LOG[customData.position - 1]?.id).toBe(context.id);
    expect(context.timestamp).toBe('2026-03-02T09:00:00.000Z');
  }
});

describe('the published schemas of 0.5.1', () => {
  const validators = validatorsIn(ours);

  test.each(emitted().map(event => [event.context.type, event] as const))('%s is as they say', (type, event) => {
    const validate = validators.get(type);
    expect([validate?.(event), validate?.errors]).toEqual([true, null]);
  });

  test('they find what is wrong', () => {
    const [event] = emitted();
    const validate = validators.get(event!.context.type);
    expect(validate?.({ ...event, surplus: true })).toBe(false);
    expect(validate?.({ ...event, context: { ...event!.context, timestamp: 'today' } })).toBe(false);
  });
});

const vectors = process.env['VECTORS'];
const withVectors = vectors ? describe : describe.skip;

// Of the specification itself, which this repository has no copy of: `VECTORS` names the folder that has `cdevents-0.5.1`.
withVectors('the conformance files of the specification', () => {
  const folder = new URL('cdevents-0.5.1/', pathToFileURL(join(vectors ?? '', '/')));

  test('all 45 of them are what their schemas say', () => {
    const validators = validatorsIn(new URL('schemas/', folder));
    const events = jsonIn(new URL('conformance/', folder)) as readonly CdEvent[];
    expect(events).toHaveLength(45);
    for (const event of events) {
      const validate = validators.get(event.context.type);
      expect([event.context.type, validate?.(event), validate?.errors]).toEqual([event.context.type, true, null]);
    }
  });

  test('our copies of the schemas are theirs', () => {
    for (const name of readdirSync(fileURLToPath(ours)).filter(each => each.endsWith('.json')))
      expect(readFileSync(new URL(name, ours), 'utf8')).toBe(readFileSync(new URL(`schemas/${name}`, folder), 'utf8'));
  });
});
