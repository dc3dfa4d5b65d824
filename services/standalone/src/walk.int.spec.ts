import 'reflect-metadata';
import { type TestService, testService } from '@slipway/service/testing';
import { services } from './services.ts';
import { type Cast, castOf } from './walk/cast.ts';
import { fillTheCatalog } from './walk/catalog.ts';
import { chapters } from './walk/chapters.ts';
import { ALERTMANAGER_TOKEN } from './walk/incident.ts';
import { Walk } from './walk/walker.ts';

// A release manager's work on three services and four environments, from the catalog to the trail.

/** A chapter is up to sixty steps. */
const CHAPTER_MS = 180_000;

let slipway: TestService;
let walk: Walk;
let cast: Cast;

beforeAll(async () => {
  process.env['ALERTMANAGER_WEBHOOK_TOKEN'] = ALERTMANAGER_TOKEN;
  const [first, ...others] = services;
  if (!first) throw new Error('there are no services');
  slipway = await testService(first, ...others);
  walk = new Walk(slipway);
  cast = await castOf(walk);
});
afterAll(() => slipway.stop());

test('the catalog is filled, and roles are granted', () => fillTheCatalog(cast), CHAPTER_MS);
test.each(chapters)('%s', (_title, chapter) => chapter(walk, cast), CHAPTER_MS);
test('all of that took more than 60 steps', () => expect(walk.steps.length).toBeGreaterThanOrEqual(60));
