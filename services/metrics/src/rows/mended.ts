/** A deployment or an incident that a hotfix mends, or does not. `named`: the request or a source of history said so. */
export type Mended = Readonly<{
  record: 'deployment' | 'incident';
  recordId: string;
  verdict: 'named' | 'confirmed' | 'rejected';
}>;
type Subject = Pick<Mended, 'record' | 'recordId'>;

const isSame = (one: Subject, other: Subject): boolean =>
  one.record === other.record && one.recordId === other.recordId;

/** What a person says takes the place of what anybody said before. */
export const judged = (
  mends: readonly Mended[],
  { record, recordId }: Subject,
  verdict: 'confirmed' | 'rejected',
): readonly Mended[] => [...mends.filter(each => !isSame(each, { record, recordId })), { record, recordId, verdict }];

/** What a request or a source names, unless a person has judged it. */
export const named = (mends: readonly Mended[], subject: Subject | undefined): readonly Mended[] => {
  const judgments = mends.filter(({ verdict }) => verdict !== 'named');
  return subject === undefined || judgments.some(each => isSame(each, subject))
    ? judgments
    : [...judgments, { ...subject, verdict: 'named' }];
};

/** What a hotfix mends: whatever somebody said, and nobody rejected. Nothing else mends. */
export const mendedBy = ({ kind, mends }: Readonly<{ kind: string; mends: readonly Mended[] }>): readonly Mended[] =>
  kind === 'hotfix' ? mends.filter(({ verdict }) => verdict !== 'rejected') : [];
