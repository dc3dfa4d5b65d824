import type { erasure } from '../audit.ts';
import type { SamplesOf } from '../contract.ts';
import { people, sealed } from './example.ts';

const subject = { person: people.author, alsoKnownAs: [people.authorElsewhere] } as const;

export const erasureSamples: SamplesOf<typeof erasure> = {
  ErasureRequested: { ...subject, ground: 'no-longer-necessary', reason: sealed },
  ErasureGranted: subject,
  ErasureRefused: {
    ...subject,
    ground: 'gdpr-17-3-b',
    until: '2033-03-02T09:00:01.250Z',
    retained: [{ class: 'approval', until: '2033-03-02T09:00:01.250Z' }],
  },
  ErasureCarriedOut: { dropped: ['aliases', 'entry', 'keys'] },
  SubjectLookedUp: { person: people.author, reason: sealed },
};
