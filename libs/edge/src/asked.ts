import type { Metadata } from '@grpc/grpc-js';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { derivedId, sha256 } from '@slipway/canonical';
import { categoryOf, type Stamp } from '@slipway/event-sourcing';
import type { Request } from 'express';
import { v7 as uuidv7 } from 'uuid';
import type { Access } from './access.ts';

/** Who asks, when, through which door, and under which idempotency key. Made once a request, at the edge. */
export type Asked = Readonly<{
  stamp: Stamp;
  /** Where the asker may do what the handler does. */
  access: Access;
  /** Whether the asker has another permission, anywhere. */
  may: (permission: string) => Promise<boolean>;
  /** SHA-256 of actor, operation, target and the client's key (or one of our own when it sent none). */
  key: string;
  /** SHA-256 of what the client sent. */
  request: string;
  /** `If-Match`. */
  expected?: number;
  correlationId: string;
  traceparent?: string;
  /** Of a service account that signed its token itself: with this key. */
  keyId?: string;
  /** A stream to create: the same again for the same key. */
  newStream: (category: string) => string;
  /** Whether `newStream` named it. */
  isNew: (stream: string) => boolean;
  /** The same asker with a key of its own, for a request that is several commands. */
  part: (name: string) => Asked;
  /** The same asker, telling of what happened then; of now when absent. What is up to a minute ahead of our clock is now. */
  at: (occurredAt: string | undefined) => Asked;
}>;

export type AskedFacts = Omit<Asked, 'key' | 'newStream' | 'isNew' | 'part' | 'at'> &
  Readonly<{ operation: string; target: string; clientKey?: string | undefined }>;

/** An `Asked` out of what the edge knows. */
export const askedOf = ({ operation, target, clientKey, ...facts }: AskedFacts): Asked =>
  withKey(facts, sha256([facts.stamp.actor, operation, target, clientKey ?? uuidv7()].join('\n')));

const withKey = (facts: Omit<AskedFacts, 'operation' | 'target' | 'clientKey'>, key: string): Asked => {
  const newStream = (category: string): string => `${category}-${derivedId(category, key)}`;
  return {
    ...facts,
    key,
    newStream,
    isNew: stream => stream === newStream(categoryOf(stream)),
    part: name => withKey(facts, sha256(`${key}\n${name}`)),
    at: (occurredAt = facts.stamp.occurredAt) => withKey({ ...facts, stamp: stampAt(facts.stamp, occurredAt) }, key),
  };
};

const CLOCK_SKEW_MS = 60_000;

const stampAt = (stamp: Stamp, occurredAt: string): Stamp => {
  const ahead = Date.parse(occurredAt) - Date.parse(stamp.recordedAt);
  return { ...stamp, occurredAt: ahead > 0 && ahead <= CLOCK_SKEW_MS ? stamp.recordedAt : occurredAt };
};

/** The alias under which the directory knows the subject of a token. */
export const aliasOfSubject = (subject: string): string =>
  subject.includes('@') ? `email:${subject.toLowerCase()}` : `sub:${subject}`;

export type WithAsked = { asked?: Asked };
const inMetadata = new WeakMap<Metadata, Asked>();

/** Kept for the handler: on the request of HTTP, beside the metadata of gRPC. */
export const rememberAsked = (context: ExecutionContext, asked: Asked): void => {
  if (context.getType() === 'http') context.switchToHttp().getRequest<Request & WithAsked>().asked = asked;
  else inMetadata.set(context.switchToRpc().getContext<Metadata>(), asked);
};

/** Of a gRPC call that the guard let through. */
export const askedIn = (metadata: Metadata): Asked => present(inMetadata.get(metadata));

/** Of an HTTP request that the guard let through. */
export const AskedBy = createParamDecorator((_: unknown, context: ExecutionContext) =>
  present(context.switchToHttp().getRequest<Request & WithAsked>().asked),
);

/** Of whoever the guard let through; nobody at a public door. */
export const askedAt = (context: ExecutionContext): Asked | undefined =>
  context.getType() === 'http'
    ? context.switchToHttp().getRequest<Request & WithAsked>().asked
    : inMetadata.get(context.switchToRpc().getContext<Metadata>());

const present = (asked: Asked | undefined): Asked => {
  if (!asked) throw new Error('nobody asked: a handler without @Permission cannot act for somebody');
  return asked;
};
