import { idOf } from '@slipway/event-sourcing';
import type { DataSource, EntityManager } from 'typeorm';
import type { ApplicationCopy, EnvironmentCopy, PersonCopy, RoleGrantCopy, ServiceCopy } from './catalog.copy.ts';
import type { ChangeView } from './change.view.ts';
import type { DeploymentCopy, TargetCopy } from './deployment.copy.ts';
import type { ReleaseCopy } from './release.copy.ts';

export type Copy<State> = Readonly<{ stream: string; version: number; state: State }>;

type States = {
  change: ChangeView;
  release: ReleaseCopy;
  service: ServiceCopy;
  environment: EnvironmentCopy;
  application: ApplicationCopy;
  person: PersonCopy;
  roleGrant: RoleGrantCopy;
  deployment: DeploymentCopy;
  target: TargetCopy;
};
type Category = keyof States;

const SELECT = 'SELECT stream, version, state FROM copies_v1 WHERE category = $1';

/** The copies at one position of the log. It remembers what was read of them. */
export class Copies {
  readonly #read = new Map<string, number>();

  constructor(
    private readonly manager: EntityManager,
    readonly position: number,
  ) {}

  /** Streams and versions that were read, in the order of their names. */
  get inputs(): readonly Readonly<{ stream: string; version: number }>[] {
    return [...this.#read]
      .map(([stream, version]) => ({ stream, version }))
      .sort((a, b) => (a.stream < b.stream ? -1 : 1));
  }

  async one<Of extends Category>(category: Of, id: string): Promise<Copy<States[Of]> | undefined> {
    return (await this.many(category, [id]))[0];
  }

  /** By id, without those that are not there. */
  many<Of extends Category>(category: Of, ids: readonly string[]): Promise<readonly Copy<States[Of]>[]> {
    const streams = ids.map(id => `${category}-${id}`);
    return this.found(category, 'stream = ANY ($2)', streams);
  }

  /** By id or name: what was asked for, to its id. */
  async idsOf(category: 'service' | 'environment', names: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const streams = names.map(name => `${category}-${name}`);
    const rows: readonly { stream: string; name: string }[] = await this.manager.query(
      `SELECT stream, state ->> 'name' AS name FROM copies_v1
        WHERE category = $1 AND (stream = ANY ($2) OR state ->> 'name' = ANY ($3))`,
      [category, streams, names],
    );
    return new Map(
      names.flatMap((wanted): [string, string][] => {
        const row =
          rows.find(({ stream }) => stream === `${category}-${wanted}`) ?? rows.find(({ name }) => name === wanted);
        return row ? [[wanted, row.stream.slice(category.length + 1)]] : [];
      }),
    );
  }

  changesOfRelease(releaseId: string): Promise<readonly Copy<ChangeView>[]> {
    return this.found('change', `state -> 'releaseIds' ? $2`, releaseId);
  }

  changesWithArtifact(digest: string): Promise<readonly Copy<ChangeView>[]> {
    return this.found('change', `state -> 'content' -> 'artifacts' @> $2::jsonb`, JSON.stringify([{ digest }]));
  }

  changesWithAttempt(deploymentId: string): Promise<readonly Copy<ChangeView>[]> {
    return this.found('change', `state -> 'attempts' @> $2::jsonb`, JSON.stringify([{ deploymentId }]));
  }

  releasesWithArtifact(digest: string): Promise<readonly Copy<ReleaseCopy>[]> {
    return this.found('release', `state -> 'digests' ? $2`, digest);
  }

  /** People and service accounts that are, or are also known as, one of these pseudonyms. */
  people(pseudonyms: readonly string[]): Promise<readonly Copy<PersonCopy>[]> {
    return this.found('person', `(stream = ANY ($2) OR state -> 'alsoKnownAs' ?| $2)`, pseudonyms);
  }

  roleGrantsOf(pseudonyms: readonly string[]): Promise<readonly Copy<RoleGrantCopy>[]> {
    return this.found('roleGrant', `state ->> 'person' = ANY ($2)`, pseudonyms);
  }

  /** The ids of the services that one of these teams owns, by name. */
  async servicesOf(teams: readonly string[]): Promise<readonly string[]> {
    const owned = await this.found('service', `state ->> 'ownerTeam' = ANY ($2)`, teams);
    return owned.map(({ stream }) => idOf(stream));
  }

  /** Services that depend on one of these. */
  dependents(serviceIds: readonly string[]): Promise<readonly Copy<ServiceCopy>[]> {
    return this.found('service', `state -> 'dependsOn' ?| $2`, serviceIds);
  }

  /** Deployments that were asked for under a change or a release of it. */
  async deploymentsUnder(changeId: string, releaseIds: readonly string[]): Promise<readonly Copy<DeploymentCopy>[]> {
    const ofChange = await this.found('deployment', `state ->> 'changeId' = $2`, changeId);
    return [...ofChange, ...(await this.found('deployment', `state ->> 'releaseId' = ANY ($2)`, releaseIds))];
  }

  /** Whether an allow under this change is still valid. */
  async isAllowed(changeId: string, at: string): Promise<boolean> {
    const rows: readonly unknown[] = await this.manager.query(
      `SELECT FROM copies_v1 WHERE category = 'decision' AND state ->> 'changeId' = $1
         AND (state ->> 'validUntil')::timestamptz > $2 LIMIT 1`,
      [changeId, at],
    );
    return rows.length > 0;
  }

  private async found<Of extends Category>(
    category: Of,
    condition: string,
    value: unknown,
  ): Promise<readonly Copy<States[Of]>[]> {
    const rows: readonly Copy<States[Of]>[] = await this.manager.query(`${SELECT} AND ${condition} ORDER BY stream`, [
      category,
      value,
    ]);
    for (const { stream, version } of rows) this.#read.set(stream, version);
    return rows;
  }
}

/** All that is read in `work` is of one moment. */
export const snapshot = <Result>(source: DataSource, work: (copies: Copies) => Promise<Result>): Promise<Result> =>
  source.transaction('REPEATABLE READ', async manager => {
    const rows: readonly { position: string }[] = await manager.query(
      `SELECT position FROM watermarks WHERE consumer = 'change-approval.copies'`,
    );
    return work(new Copies(manager, Number(rows[0]?.position ?? 0)));
  });
