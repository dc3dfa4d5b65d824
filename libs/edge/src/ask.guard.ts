import type { Metadata } from '@grpc/grpc-js';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { context as active, propagation } from '@opentelemetry/api';
import { canonical, sha256 } from '@slipway/canonical';
import type { Stamp } from '@slipway/event-sourcing';
import type { HeldGrant } from '@slipway/event-store';
import type { Request } from 'express';
import { v7 as uuidv7 } from 'uuid';
import { Access, accessTo } from './access.ts';
import { accountClaimedIn, accountTokenVerifier, type KeyOf } from './account-token.ts';
import { aliasOfSubject, type Asked, askedOf, rememberAsked } from './asked.ts';
import type { RawBody } from './json-body.ts';
import { metadataKeys, rolesThatMay } from './permissions.ts';
import { ProblemException } from './problem.ts';
import { type Bearer, type Issuer, tokenIn, tokenVerifier, type VerifyToken } from './verify-token.ts';

/** Who somebody is, and what was granted to him: the directory and the log. */
export type Authority = Readonly<{
  pseudonymOf: (alias: string) => Promise<string>;
  /** In force at an instant, RFC 3339. */
  grantsOf: (pseudonym: string, at: string) => Promise<readonly HeldGrant[]>;
  /** Of a service account that signs its tokens itself. */
  keyOf: KeyOf;
}>;

type Sent = Readonly<{
  authorization: string | undefined;
  traceparent: string | undefined;
  clientKey: string | undefined;
  request: string;
  target: string;
  source: string;
  expected?: number;
}>;

/** Authenticates every request of REST and gRPC, checks its permission, and says who asks. */
export class AskGuard implements CanActivate {
  private readonly reflector = new Reflector();

  private readonly verify: VerifyToken;

  private readonly verifyOwn: ReturnType<typeof accountTokenVerifier>;

  constructor(
    issuer: Issuer,
    private readonly authority: Authority,
  ) {
    this.verify = tokenVerifier(issuer);
    this.verifyOwn = accountTokenVerifier(issuer.audience, authority.keyOf);
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.said<boolean>(metadataKeys.public, context)) return true;
    const sent = context.getType() === 'http' ? sentByHttp(context) : sentByGrpc(context);
    const bearer = await this.bearerOf(tokenIn(sent.authorization));
    const permission = this.said<string>(metadataKeys.permission, context);
    if (!permission) throw notPermitted('Nobody is permitted to do this.');
    const isOneself = this.said<boolean>(metadataKeys.oneself, context) === true && namesItself(bearer, context);
    const asked = await this.asked(bearer, isOneself ? undefined : permission, sent, operationOf(context));
    if (this.said<boolean>(metadataKeys.unscoped, context)) asked.access.heed();
    rememberAsked(context, asked);
    return true;
  }

  private bearerOf(token: string): Promise<Bearer> {
    const claimed = accountClaimedIn(token);
    return claimed ? this.verifyOwn(token, claimed) : this.verify(token);
  }

  /** Without a permission: none is needed. */
  private async asked(
    { subject, roles, keyId, ...bearer }: Bearer,
    permission: string | undefined,
    sent: Sent,
    operation: string,
  ): Promise<Asked> {
    const now = new Date().toISOString();
    const self = (): Promise<string> =>
      keyId === undefined ? this.authority.pseudonymOf(aliasOfSubject(subject)) : Promise.resolve(subject);
    const accessFor = async (wanted: string): Promise<Access | undefined> =>
      accessTo(wanted, roles, []) ?? accessTo(wanted, [], await this.authority.grantsOf(await self(), now));
    const access = permission === undefined ? new Access() : await accessFor(permission);
    if (!access) throw lacking(permission ?? '');
    const stamp: Stamp = { actor: await self(), ...bearer, occurredAt: now, recordedAt: now, source: sent.source };
    const { authorization: _, traceparent, ...rest } = sent;
    const may = async (wanted: string): Promise<boolean> => (await accessFor(wanted)) !== undefined;
    const key = keyId === undefined ? {} : { keyId };
    return askedOf({
      ...rest,
      ...key,
      stamp,
      access,
      may,
      operation,
      correlationId: uuidv7(),
      ...traceOf(traceparent),
    });
  }

  private said<Value>(key: string, context: ExecutionContext): Value | undefined {
    return this.reflector.getAllAndOverride<Value | undefined>(key, [context.getHandler(), context.getClass()]);
  }
}

/** Whether a service account that signed the token itself is whom the path names. */
const namesItself = ({ subject, keyId }: Bearer, context: ExecutionContext): boolean => {
  if (keyId === undefined || context.getType() !== 'http') return false;
  const { id } = context.switchToHttp().getRequest<Request>().params;
  return typeof id === 'string' && (id === subject || `person-${id}` === subject);
};

const lacking = (permission: string): ProblemException =>
  notPermitted(
    `This needs the permission ${permission}, which the roles ${rolesThatMay(permission).join(', ')} give.`,
    permission,
  );

const notPermitted = (detail: string, permission?: string): ProblemException =>
  new ProblemException({ status: 403, code: 'not-permitted', detail, ...(permission && { permission }) });

const operationOf = (context: ExecutionContext): string => `${context.getClass().name}.${context.getHandler().name}`;

const sentByHttp = (context: ExecutionContext): Sent => {
  const request = context.switchToHttp().getRequest<Request & RawBody>();
  const ifMatch = request.get('if-match');
  const expected = versionIn(ifMatch);
  return {
    authorization: request.get('authorization'),
    traceparent: request.get('traceparent'),
    clientKey: keyIn(request.get('idempotency-key')),
    request: sha256([request.method, request.path, ifMatch ?? '', sha256(request.rawBody ?? '')].join('\n')),
    target: request.path,
    source: 'rest',
    ...(expected !== undefined && { expected }),
  };
};

const sentByGrpc = (context: ExecutionContext): Sent => {
  const metadata = context.switchToRpc().getContext<Metadata>();
  const message = context.switchToRpc().getData<{ requestId?: string; id?: string } | undefined>();
  const text = (key: string): string | undefined => metadata.get(key)[0]?.toString();
  return {
    authorization: text('authorization'),
    traceparent: text('traceparent'),
    clientKey: keyIn(message?.requestId || undefined),
    request: sha256(`${operationOf(context)}\n${canonical(message ?? {})}`),
    target: message?.id ?? '',
    source: 'grpc',
  };
};

const KEY = /^[\x21-\x7e]{1,255}$/;

const keyIn = (key: string | undefined): string | undefined => {
  if (key === undefined || KEY.test(key)) return key;
  const detail = 'An idempotency key is 1 to 255 visible ASCII characters.';
  throw new ProblemException({ status: 400, code: 'invalid-idempotency-key', detail });
};

const versionIn = (ifMatch: string | undefined): number | undefined => {
  if (ifMatch === undefined || ifMatch === '*') return undefined;
  const [, version] = /^"(\d{1,9})"$/.exec(ifMatch) ?? [];
  if (version) return Number(version);
  const detail = 'If-Match takes one ETag as it was answered, such as "3".';
  throw new ProblemException({ status: 400, code: 'invalid-if-match', detail });
};

const TRACEPARENT = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** Of our own span where there is one, else the caller's. */
const traceOf = (received: string | undefined): { traceparent?: string } => {
  const carrier: { traceparent?: string } = {};
  propagation.inject(active.active(), carrier);
  const traceparent = carrier.traceparent ?? received;
  return traceparent && TRACEPARENT.test(traceparent) ? { traceparent } : {};
};
