import { type Static, Type } from 'typebox';
import { category, type EventOf, type Immutable } from './contract.ts';
import { Instant, oneOf, Pseudonym, Sealed } from './values.ts';

/** What somebody did that others must be able to account for later. */
export const RetentionClass = oneOf('approval', 'deployment', 'grant', 'exception');

/** What of a person is gone: the entry of the directory, accounts and addresses, the keys of texts about him, who the pseudonym is. */
export const Dropped = oneOf('entry', 'aliases', 'keys', 'link');

const subject = {
  person: Pseudonym,
  /** Other pseudonyms of the same person. */
  alsoKnownAs: Type.Array(Pseudonym),
};

/** One for each person, of the same id. Everything but the link between pseudonym and person goes in any case. */
export const erasure = category({
  name: 'erasure',
  context: 'audit',
  plural: 'erasures',
  prefix: 'ERA',
  facts: {
    ErasureRequested: {
      ...subject,
      /** GDPR, article 17(1), (a) to (e). */
      ground: oneOf('no-longer-necessary', 'consent-withdrawn', 'objection', 'unlawful-processing', 'legal-obligation'),
      reason: Type.Optional(Sealed),
    },
    /** Nothing has to be kept: the link goes too. */
    ErasureGranted: subject,
    /** The link stays until then, for auditors alone. */
    ErasureRefused: {
      ...subject,
      ground: oneOf('gdpr-17-3-b'),
      until: Instant,
      retained: Type.Array(Type.Object({ class: RetentionClass, until: Instant })),
    },
    ErasureCarriedOut: { dropped: Type.Array(Dropped) },
    /** An auditor asked who a retained pseudonym is. */
    SubjectLookedUp: { person: Pseudonym, reason: Sealed },
  },
});

export type ErasureEvent = EventOf<typeof erasure>;
export type AuditEvent = ErasureEvent;
export type RetentionClass = Static<typeof RetentionClass>;
export type Dropped = Immutable<Static<typeof Dropped>>;
