import { digestOf } from '@slipway/canonical';
import { isCommunication } from './communications.ts';
import type { ClaimedMail } from './mail-claims.ts';
import { PLAIN, rendered, type Words } from './render.ts';

/** What goes out as one mail. */
export type Envelope = Readonly<{ recipient: string; mails: readonly ClaimedMail[] }>;

/** Those of a digest together, all others each for itself. */
export const envelopesOf = (claimed: readonly ClaimedMail[]): readonly Envelope[] => {
  const groups = Map.groupBy(claimed, ({ id, subscription, recipient, timing }) =>
    timing?.digest ? `${subscription} ${recipient}` : id,
  );
  return [...groups.values()].map(mails => ({ recipient: mails[0]?.recipient ?? '', mails }));
};

export type Looked = Readonly<{
  /** By id. */
  templates: ReadonlyMap<string, Words>;
  /** By stream. */
  numbers: ReadonlyMap<string, string>;
  /** By stream; absent: erased. */
  communications: ReadonlyMap<string, Words>;
}>;

/** The words of an envelope, and their digest; undefined when they were erased. */
export const wordsOf = (
  { mails }: Envelope,
  { templates, numbers, communications }: Looked,
): (Words & Readonly<{ digest: string }>) | undefined => {
  const [first] = mails;
  if (first && isCommunication(first)) return digested(communications.get(first.stream));
  const each = mails.map(({ templateId, body, stream, title, name }) => {
    const facts = { event: JSON.parse(body) as object, number: numbers.get(stream), title, subscription: name };
    return rendered(templates.get(templateId ?? '') ?? PLAIN, facts);
  });
  const words = each.length === 1 && each[0] ? each[0] : digestWords(mails[0]?.name ?? 'Slipway', each);
  return digested(words);
};

const digested = (words: Words | undefined): (Words & Readonly<{ digest: string }>) | undefined =>
  words && { ...words, digest: digestOf({ subject: words.subject, text: words.text }) };

const digestWords = (name: string, each: readonly Words[]): Words => ({
  subject: `${name}: ${each.length} events`,
  text: each.map(({ subject, text }) => `${subject}\n\n${text}`).join('\n\n---\n\n'),
});
