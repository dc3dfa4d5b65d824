import type {
  DecisionEvent,
  DeploymentOutcome,
  Envelope,
  ReleaseDeployment,
  ReleaseState,
  Target,
  Window,
} from '@slipway/contracts';
import type { Person, RoleGrant } from './rules.ts';

type Taken = DecisionEvent['data'];

/** What is asked: may this content go to this target now? */
export type Question = Readonly<{
  deploymentId: string;
  kind: Taken['kind'];
  target: Target;
  digests: readonly string[];
  /** A pseudonym. */
  deployer: string;
  /** Of a rollback: the deployment it undoes. */
  undoes?: string;
}>;

export type Live = Readonly<{ deploymentId: string; digests: readonly string[] }>;

export type ChangeFacts = Readonly<{
  id: string;
  status: string;
  onHold: boolean;
  /** Of the authorization; null: none. */
  envelope: Envelope | null;
  contentDigest: string;
  window: Window;
  /** How long the implementation plan says that it takes; null: it does not. */
  plannedMinutes: number | null;
  /** Null: nobody said. */
  backoutMinutes: number | null;
  artifacts: readonly Readonly<{ serviceId: string; digest: string }>[];
  releaseIds: readonly string[];
  approvers: readonly string[];
  /** The role grants that the approvals rely on, as they are now. */
  approvals: readonly Readonly<{ roleGrantId: string; roleGrant: RoleGrant | null }>[];
}>;

export type ReleaseFacts = Readonly<{
  id: string;
  contentDigest: string;
  held: boolean;
  /** Go was given, and not lost since. */
  go: boolean;
  needs: readonly Need[];
}>;

/** A release that must be at a state, or past it, before the one that needs it may be deployed. */
export type Need = Readonly<{
  /** Its number, as far as it has one. */
  name: string;
  state: ReleaseState;
  /** Null: it is not there. */
  release: Readonly<{ state: ReleaseState; deployments: readonly ReleaseDeployment[] }> | null;
}>;

/** What became of the content of the change at one of its targets: its last run there tells. */
export type Progress = Target &
  Readonly<{
    /** Of the service and the environment, for people. */
    name: string;
    outcome: DeploymentOutcome | 'running' | 'rolling-back';
  }>;

export type TargetFacts = Readonly<{
  /** The run that has it; null: none. */
  occupiedBy: string | null;
  live: Live | null;
  /** What was live just before the deployment that is to be undone; null: nothing. */
  liveBefore: Live | null | undefined;
}>;

/**
 * One consistent snapshot. What is undefined is not known, and what is not known is not allowed;
 * "there is none" is said with null or an empty list.
 */
export type Facts = Readonly<{
  question: Question;
  at: string;
  /** Whether the copies had all that was committed before the question was asked. */
  view?: 'complete' | 'too-old' | 'incomplete' | undefined;
  production?: boolean | undefined;
  change?: ChangeFacts | undefined;
  /** Of the change. */
  releases?: readonly ReleaseFacts[] | undefined;
  /** Of the change, at each of its targets. */
  progress?: readonly Progress[] | undefined;
  target?: TargetFacts | undefined;
  deployer?: Person | undefined;
  /** Commit authors of the content. */
  authors?: readonly string[] | undefined;
  position: number;
  inputs: Taken['inputs'];
  timeZoneDataVersion: string;
}>;
