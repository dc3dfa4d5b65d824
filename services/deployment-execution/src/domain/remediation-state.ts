/** A deployment or an incident that this one mends, or does not, as a person said. */
export type Remediated = Readonly<{ record: 'deployment' | 'incident'; recordId: string }>;
type Verdict = 'confirmed' | 'rejected';
export type Verdicts = Readonly<Record<string, Verdict>>;

const keyOf = ({ record, recordId }: Remediated): string => `${record}-${recordId}`;

export const verdictOn = (verdicts: Verdicts, remediated: Remediated): Verdict | undefined =>
  verdicts[keyOf(remediated)];

export const judged = (verdicts: Verdicts, remediated: Remediated, verdict: Verdict): Verdicts => ({
  ...verdicts,
  [keyOf(remediated)]: verdict,
});
