import type { DataOf } from '../facts/facts.ts';
import type { Code } from './code.ts';
import type { Mended } from './mended.ts';

/** One attempt at one target in production. Instants are milliseconds since 1970. */
export type Run = Readonly<{
  id: string;
  kind: DataOf<'DeploymentRequested'>['kind'];
  serviceId: string;
  environmentId: string;
  /** Where the source tells it apart from the environment. */
  region?: string;
  wave: number;
  /** What is rolled out: digests, sorted; of history perhaps a version or a commit. */
  content: string;
  digests: readonly string[];
  changeId?: string;
  releaseId?: string;
  undoes?: string;
  /** What it mends, as people and sources said. */
  mends: readonly Mended[];
  startedAt?: number;
  /** When it first took production traffic. */
  trafficAt?: number;
  /** Of history, where the source says nothing of traffic: a success stands for it, a failure says nothing. */
  trafficIs: 'told' | 'assumed' | 'unknown';
  /** It began with a part of the traffic. */
  isCanary: boolean;
  /** Traffic was switched from the old to the new one. */
  isCutOver: boolean;
  /** When it ended, whichever way it did first. */
  endedAt?: number;
  succeeded: boolean;
  /** It ended Failed: by itself, or in its verification. */
  failed: boolean;
  rolledBack?: 'fault' | 'business';
  imported: boolean;
  /** What it brought, where nobody attached it to a release. */
  code: Code;
  /** The most that a fact of it was recorded after it happened, in milliseconds. */
  lateness: number;
}>;
