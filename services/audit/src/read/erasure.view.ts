import type { Dropped, ErasureEvent } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';

type Refused = Extract<ErasureEvent, { type: 'ErasureRefused' }>['data'];

export type ErasureView = Readonly<{
  person: string;
  alsoKnownAs: readonly string[];
  ground: string;
  reason?: string;
  state: 'Requested' | 'Refused' | 'Granted';
  /** Why the link stays, and until when. */
  refusal?: Pick<Refused, 'ground' | 'until' | 'retained'>;
  carriedOut?: Readonly<{ at: string; dropped: readonly Dropped[] }>;
  lookUps: readonly Readonly<{ by: string; at: string; reason: string }>[];
  requestedBy: string;
  requestedAt: string;
}>;

export const erasureView = (view: ErasureView | undefined, event: Recorded<ErasureEvent>): ErasureView | undefined => {
  if (event.type === 'ErasureRequested') return view ?? requested(event.data);
  return view && { ...view, ...stepOf(event, view) };
};

const requested = (data: Extract<ErasureEvent, { type: 'ErasureRequested' }>['data']): ErasureView => ({
  person: data.person,
  alsoKnownAs: data.alsoKnownAs,
  ground: data.ground,
  ...(data.reason !== undefined && { reason: data.reason }),
  state: 'Requested',
  lookUps: [],
  requestedBy: data.actor,
  requestedAt: data.recordedAt,
});

const stepOf = (
  event: Exclude<ErasureEvent, { type: 'ErasureRequested' }>,
  { lookUps }: ErasureView,
): Partial<ErasureView> => {
  switch (event.type) {
    case 'ErasureGranted':
      return { state: 'Granted' };
    case 'ErasureRefused': {
      const { ground, until, retained } = event.data;
      return { state: 'Refused', refusal: { ground, until, retained } };
    }
    case 'ErasureCarriedOut':
      return { carriedOut: { at: event.data.recordedAt, dropped: event.data.dropped } };
    case 'SubjectLookedUp': {
      const { actor: by, recordedAt: at, reason } = event.data;
      return { lookUps: [...lookUps, { by, at, reason }] };
    }
  }
};
