import { eventTypes } from '@slipway/contracts';
import { testService, type TestService } from '@slipway/service/testing';
import { Ajv2020 } from 'ajv/dist/2020.js';
import request from 'supertest';
import { audit } from '../module.ts';
import type { EventSchemaDto } from './schemas.dto.ts';

let slipway: TestService;
beforeAll(async () => {
  slipway = await testService(audit);
});
afterAll(() => slipway.stop());

const asked = (path: string) => request(slipway.url).get(path);

test('whoever builds on events finds the schema of every type, without a token', async () => {
  const { body } = (await asked('/schemas').expect(200)) as { body: { items: readonly EventSchemaDto[] } };
  expect(body.items.map(({ type }) => type).sort()).toEqual([...eventTypes.keys()].sort());
  for (const { href, dataschema, type } of body.items) {
    const answer = await asked(href)
      .expect(200)
      .expect('content-type', /^application\/schema\+json/);
    expect(JSON.parse(answer.text)).toMatchObject({ $id: dataschema, title: type });
  }
});

test('an event of the feed is what the schema says that it names', async () => {
  await slipway.append('release', 'r1', { type: 'ReleaseHeld', data: { reason: 'sealed:v1:x' } });
  await slipway.caughtUp();
  const itsm = await slipway.as('itsm', 'integration');
  const { body } = await itsm.get('/v1/events?subject=release-r1').expect(200);
  const [event] = body.items as readonly { type: string; dataschema: string; data: object }[];
  const schema = JSON.parse((await asked(`/schemas/${event?.type}.json`).expect(200)).text) as { $id: string };
  expect(schema.$id).toBe(event?.dataschema);
  const check = new Ajv2020({ strict: true }).compile(schema);
  expect([check(event?.data), check.errors]).toEqual([true, null]);
});

test.each(['dev.slipway.release-exploded.v1.json', 'dev.slipway.release-held.v1', 'a%2Fb.json', '__proto__.json'])(
  '%s is a 404 with a code',
  async path => {
    const { body } = await asked(`/schemas/${path}`).expect(404);
    expect(body).toMatchObject({ code: 'not-found' });
  },
);
