import type { Client, TestService } from '@slipway/service/testing';
import request, { type Test } from 'supertest';

export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
export const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';
/** Longer than a path or a filter may be. */
export const LONG = 'x'.repeat(501);

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

type Sent = object | string | undefined;
type Provider = Readonly<{
  scim: (method: Method, path: string, body?: Sent, token?: string) => Test;
  /** A user of this name, as it was answered. */
  registered: (userName: string, more?: object) => Promise<Record<'id' | 'userName', string>>;
}>;

/** Asks as an identity provider does, with the token of an administrator unless it is said otherwise. */
export const providerOf = ({ url }: TestService, admin: Client): Provider => {
  const scim = (method: Method, path: string, body?: Sent, token = admin.token): Test => {
    const asking = request(url)[method](`/v1/scim/v2/${path}`).set('Authorization', `Bearer ${token}`);
    if (body === undefined) return asking;
    const sent = typeof body === 'string' ? body : JSON.stringify(body);
    return asking.set('Content-Type', 'application/scim+json').send(sent);
  };
  return {
    scim,
    registered: async (userName, more = {}) =>
      (await scim('post', 'Users', { schemas: [USER], userName, displayName: userName, ...more }).expect(201)).body,
  };
};

export const operations = (...all: readonly object[]) => ({ schemas: [PATCH], Operations: all });
