import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';

const PERMISSION = 'slipway:permission';
const PUBLIC = 'slipway:public';
const UNSCOPED = 'slipway:unscoped';
const ONESELF = 'slipway:oneself';
export const metadataKeys = { permission: PERMISSION, public: PUBLIC, unscoped: UNSCOPED, oneself: ONESELF };

const READ = [
  'catalog:read',
  'events:read',
  'releases:read',
  'changes:read',
  'decisions:read',
  'deployments:read',
  'incidents:read',
  'metrics:read',
  'communications:read',
  'communications:acknowledge',
] as const;

const OWN = {
  viewer: [],
  'release-manager': [
    'comments:write',
    'releases:write',
    'changes:write',
    'decisions:ask',
    'deployments:bind',
    'audit:read',
    'people:read',
    'subscriptions:read',
    'subscriptions:write',
    'templates:write',
    'communications:write',
    'metrics:write',
  ],
  'change-approver': ['comments:write', 'changes:approve', 'people:read'],
  deployer: ['comments:write', 'deployments:write', 'decisions:ask'],
  'incident-responder': [
    'comments:write',
    'incidents:write',
    'subscriptions:read',
    'subscriptions:write',
    'communications:write',
  ],
  auditor: ['comments:write', 'audit:read', 'people:read', 'subscriptions:read', 'erasures:read', 'subjects:look-up'],
  integration: [
    'comments:write',
    'releases:write',
    'changes:write',
    'deployments:write',
    'decisions:ask',
    'incidents:write',
    'history:import',
    'subscriptions:read',
    'subscriptions:write',
  ],
  administrator: [
    'comments:write',
    'catalog:write',
    'history:import',
    'people:read',
    'policies:write',
    'deployments:bind',
    'audit:read',
    'consumers:operate',
    'erasures:read',
    'erasures:write',
    'subscriptions:read',
    'subscriptions:write',
    'templates:write',
    'metrics:write',
  ],
} as const;

export type Role = keyof typeof OWN;
/** Every role that there is. */
export const ROLES = Object.keys(OWN) as readonly Role[];
export type Permission = (typeof READ)[number] | (typeof OWN)[Role][number];

/** What each role of a token may do; every role reads. Nobody, the administrator included, approves without the role. */
export const permissionsOf = (roles: readonly string[]): ReadonlySet<string> =>
  new Set(roles.filter(isRole).flatMap((role): readonly string[] => [...READ, ...OWN[role]]));

export const rolesThatMay = (permission: string): readonly string[] =>
  Object.keys(OWN).filter(role => permissionsOf([role]).has(permission));

const isRole = (role: string): role is Role => Object.hasOwn(OWN, role);

/** What a caller must be permitted. A handler that says neither this nor `Public` is refused to everybody. */
export const Permission = (permission: Permission): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(PERMISSION, permission), ApiExtension('x-permission', permission));

/** No token is asked for: health, documentation, and webhooks that authenticate by themselves. */
export const Public = (): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(PUBLIC, true), ApiExtension('x-public', true));

/** What it answers is for everybody who has the permission anywhere: names and definitions, nothing that was done. */
export const Unscoped = (): MethodDecorator & ClassDecorator => SetMetadata(UNSCOPED, true);

/**
 * Beside the permission: the service account that `:id` names, with a token that it signed itself. The handler sees
 * `asked.keyId`, and MUST do nothing but for this account.
 */
export const Oneself = (): MethodDecorator => SetMetadata(ONESELF, true);
