import type { AlertEvent, IncidentEvent, ProblemEvent } from '@slipway/contracts';
import type { Place } from '@slipway/edge';
import type { Placing } from '@slipway/service';

type Where = Readonly<{ serviceIds: readonly string[]; environmentId?: string | undefined }>;

/** Every service that is affected, in the environment where it is; without one, wherever it runs. */
export const placesOf = ({ serviceIds, environmentId }: Where): readonly Place[] =>
  serviceIds.map(serviceId => ({ serviceId, ...(environmentId && { environmentId }) }));

export const incidentPlaces: Placing<IncidentEvent, Where> = {
  initialState: { serviceIds: [] },
  evolve: (where, { type, data }) => {
    switch (type) {
      case 'IncidentDetected':
      case 'IncidentImported':
        return { serviceIds: data.serviceIds, environmentId: data.environmentId };
      case 'AlertAttached':
      case 'IncidentAbsorbed':
        return { ...where, serviceIds: [...new Set([...where.serviceIds, ...(data.serviceIds ?? [])])] };
      default:
        return where;
    }
  },
  places: placesOf,
};

/** One that matched no service takes place nowhere yet. */
export const alertPlaces: Placing<AlertEvent, Where> = {
  initialState: { serviceIds: [] },
  evolve: (where, { type, data }) => (type === 'AlertMatched' ? data : where),
  places: placesOf,
};

/** A problem takes place wherever one of its services runs. */
export const problemPlaces: Placing<ProblemEvent, Where> = {
  initialState: { serviceIds: [] },
  evolve: (where, { type, data }) => (type === 'ProblemOpened' ? { serviceIds: data.serviceIds } : where),
  places: placesOf,
};
