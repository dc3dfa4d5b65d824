import type { JsonObject } from './client.ts';
import type { Session } from './session.ts';
import { inWords } from './table.ts';

/** Undefined: it is no decision, and is never taken for a yes. */
export const verdictOf = ({ verdict }: JsonObject): 'allow' | 'deny' | undefined =>
  verdict === 'allow' || verdict === 'deny' ? verdict : undefined;

/** The verdict, every rule with its outcome, and how long it holds or when to ask again. */
export const decisionInWords = (decision: JsonObject, paint: Session['paint']): string => {
  const { id, rules, validUntil, nextOpening } = decision;
  const verdict = verdictOf(decision) ?? 'unknown';
  const lines = [
    paint(verdict === 'allow' ? 'green' : 'red', verdict),
    ...(Array.isArray(rules) ? (rules as readonly JsonObject[]) : []).map(
      ({ rule, outcome, reason }) =>
        `  ${SIGNS[inWords(outcome)] ?? '?'} ${inWords(rule)}: ${inWords(reason ?? outcome)}`,
    ),
    ...(id ? [`decision ${inWords(id)}`] : []),
    ...(validUntil ? [`valid until ${inWords(validUntil)}`] : []),
    ...(nextOpening ? [`ask again from ${inWords(nextOpening)} on`] : []),
  ];
  return `${lines.join('\n')}\n`;
};

const SIGNS: Readonly<Record<string, string>> = { compliant: '+', 'non-compliant': '-', recorded: '.', error: '!' };
