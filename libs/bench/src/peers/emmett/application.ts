/* oxlint-disable typescript/no-misused-promises -- its guide hands promises to Express 4; express-async-errors waits for them */
import { assertNotEmptyString, CommandHandler } from '@event-driven-io/emmett';
import {
  Created,
  getApplication,
  OK,
  on,
  startAPI,
  toWeakETag,
  type WebApiSetup,
} from '@event-driven-io/emmett-expressjs';
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import type { NextFunction, Request, Response } from 'express';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { once } from 'node:events';
import { v7 as uuidv7 } from 'uuid';
import { required } from '../../environment.ts';
import { serve } from '../../serve.ts';
import { addScopeItem, draftRelease, evolve, initialState, type Release } from './release.ts';

// Put together as emmett's guide puts an application together: getApplication, on, CommandHandler.

const issuer = required('OIDC_ISSUER');
const keys = createRemoteJWKSet(new URL(required('OIDC_JWKS_URL')));
const store = getPostgreSQLEventStore(required('DATABASE_URL'));
const handle = CommandHandler({ evolve, initialState });

const authenticate = async (request: Request, response: Response, next: NextFunction): Promise<void> => {
  const [, token = ''] = request.get('authorization')?.split(' ') ?? [];
  const options = { issuer, audience: 'slipway', algorithms: ['EdDSA'], requiredClaims: ['sub', 'exp'] };
  const { payload } = await jwtVerify(token, keys, options);
  response.locals['actor'] = payload.sub;
  next();
};

const stampOf = (request: Request) => {
  const now = new Date().toISOString();
  const actor = request.res?.locals['actor'] as string;
  const idempotencyKey = assertNotEmptyString(request.get('idempotency-key'));
  return { actor, occurredAt: now, recordedAt: now, source: 'rest', idempotencyKey };
};

const bodyOf = (id: string, release: Release): object => {
  if (release.status === 'None') return { id };
  const { keys: _, ...shown } = release;
  return { id, ...shown };
};

const releasesApi: WebApiSetup = router => {
  router.use(authenticate);
  router.post(
    '/v1/releases',
    on(async (request: Request<unknown, unknown, { title?: string; class?: string }>) => {
      const id = uuidv7();
      const data = {
        title: assertNotEmptyString(request.body.title),
        class: assertNotEmptyString(request.body.class),
      };
      const metadata = stampOf(request as Request);
      const { newState } = await handle(store, `release-${id}`, state =>
        draftRelease({ type: 'DraftRelease', data, metadata, kind: 'Command' }, state),
      );
      return Created({ createdId: id, url: `/v1/releases/${id}`, body: bodyOf(id, newState) });
    }),
  );
  router.post(
    '/v1/releases/:id/add-scope-item',
    on(async (request: Request<{ id: string }, unknown, { key?: string; kind?: string; title?: string }>) => {
      const { id } = request.params;
      const item = {
        key: assertNotEmptyString(request.body.key),
        kind: assertNotEmptyString(request.body.kind),
        title: assertNotEmptyString(request.body.title),
      };
      const metadata = stampOf(request as unknown as Request);
      const { newState, nextExpectedStreamVersion } = await handle(store, `release-${id}`, state =>
        addScopeItem({ type: 'AddScopeItem', data: { item }, metadata, kind: 'Command' }, state),
      );
      return OK({ body: bodyOf(id, newState), eTag: toWeakETag(nextExpectedStreamVersion) });
    }),
  );
};

await store.schema.migrate();
const server = startAPI(getApplication({ apis: [releasesApi] }), { port: Number(required('PORT')) });
await once(server, 'listening');
serve({}, async () => {
  server.close();
  await store.close();
});
