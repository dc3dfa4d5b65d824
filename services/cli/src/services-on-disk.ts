import { existsSync, readdirSync } from 'node:fs';

/** `services/`, from `src` and from `dist` alike. */
const SERVICES = new URL('../../', import.meta.url);

/** The migrations of a service, which is what makes it one: a process of its own tables. */
export const migrationsDirectory = (service: string): URL => new URL(`${service}/migrations/`, SERVICES);

/** Every service of this build, by name. */
export const servicesOnDisk = (): readonly string[] =>
  readdirSync(SERVICES, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && existsSync(migrationsDirectory(entry.name)))
    .map(entry => entry.name)
    .sort();
