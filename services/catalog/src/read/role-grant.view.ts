import type { RoleGrantEvent } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';

type Granted = Extract<RoleGrantEvent, { type: 'RoleGranted' }>['data'];

export type RoleGrantView = Readonly<{
  person: string;
  role: Granted['role'];
  scope: Granted['scope'];
  from: string;
  to?: string;
  grantedBy: string;
  grantedAt: string;
  revoked?: Readonly<{ by: string; at: string; reason?: string }>;
}>;

export const roleGrantView = (
  view: RoleGrantView | undefined,
  { type, data }: Recorded<RoleGrantEvent>,
): RoleGrantView | undefined => {
  switch (type) {
    case 'RoleGranted':
      return {
        person: data.person,
        role: data.role,
        scope: data.scope,
        from: data.from,
        ...(data.to !== undefined && { to: data.to }),
        grantedBy: data.actor,
        grantedAt: data.recordedAt,
      };
    case 'RoleRevoked':
      return (
        view && {
          ...view,
          revoked: {
            by: data.actor,
            at: data.recordedAt,
            ...(data.reason !== undefined && { reason: data.reason }),
          },
        }
      );
  }
};
