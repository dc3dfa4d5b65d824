import type { AccessReviewEvent, PersonEvent, RoleGrantEvent } from '@slipway/contracts';
import { Answer, type Asked } from '@slipway/edge';
import type { Order, Service } from '@slipway/service';
import { type AccessRight, rightIdOf } from '../domain/access-review.ts';
import type { ReviewedRight } from '../read/access-review.view.ts';
import { listGrants } from '../read/role-grants.query.ts';
import { PeopleRegister } from './people-register.ts';

/** The grants and keys that reviews are about. */
export class ReviewedRights {
  private readonly register: PeopleRegister;

  constructor(private readonly service: Service) {
    this.register = new PeopleRegister(service);
  }

  /** What revokes one of a review's rights; nothing, where that was done before or the review is not about it. */
  async revocation(review: string, rightId: string, reason: string): Promise<readonly Order[]> {
    const { events } = await this.service.store.read<AccessReviewEvent>(review);
    const [opened] = events;
    const rights = opened?.type === 'AccessReviewOpened' ? opened.data.rights : [];
    const right = rights.find(each => rightIdOf(each) === rightId);
    if (!right || (await this.isRevoked(right))) return [];
    const { roleGrantId, kid, person } = right;
    const stream = roleGrantId === undefined ? person : `roleGrant-${roleGrantId}`;
    const sealed = await this.service.seal(stream, reason);
    return roleGrantId === undefined
      ? [{ stream, command: { type: 'RevokeServiceAccountKey', data: { kid, reason: sealed } } }]
      : [{ stream, command: { type: 'RevokeRole', data: { reason: sealed } } }];
  }

  /** A review with what its grants give, and with names for those who may read them. */
  async described(asked: Asked, answer: Answer): Promise<Answer> {
    const rights = answer.record['rights'] as readonly ReviewedRight[];
    const ids = rights.flatMap(({ roleGrantId }) => roleGrantId ?? []);
    const grants = await listGrants(this.service.dataSource, { ids }, { limit: ids.length });
    const byId = new Map(grants.map(({ item: { id, role, scope, from, to } }) => [id, { role, scope, from, to }]));
    const names = await this.names(asked, rights);
    const described = rights.map(right => ({
      ...right,
      ...byId.get(right.roleGrantId ?? ''),
      ...names.get(right.person),
    }));
    return new Answer({ ...answer.record, rights: described }, answer.event, answer.replayed);
  }

  private async isRevoked({ roleGrantId, kid, person }: AccessRight): Promise<boolean> {
    const stream = roleGrantId === undefined ? person : `roleGrant-${roleGrantId}`;
    const { events } = await this.service.store.read<RoleGrantEvent | PersonEvent>(stream);
    return events.some(
      ({ type, data }) => type === 'RoleRevoked' || (type === 'ServiceAccountKeyRevoked' && data.kid === kid),
    );
  }

  private async names({ may }: Asked, rights: readonly ReviewedRight[]) {
    if (!(await may('people:read'))) return new Map<string, { personName: string }>();
    const people = await this.register.people([...new Set(rights.map(({ person }) => person))]);
    return new Map(people.map(({ pseudonym, name }) => [pseudonym, { personName: name }]));
  }
}
