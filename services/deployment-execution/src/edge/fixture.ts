import { readFileSync } from 'node:fs';

/** A recorded message, byte for byte: see fixtures/SOURCES.md. */
export const fixture = (name: string): Buffer => readFileSync(new URL(`../../fixtures/${name}.json`, import.meta.url));

export const fixtureJson = (name: string): Record<string, Record<string, unknown>> =>
  JSON.parse(fixture(name).toString()) as Record<string, Record<string, unknown>>;
