import { instantOf, labelNamed, RARE, serviceNamed, environmentNamed, wordNamed } from './lists-fill.ts';

/** By what is asked: the filter, of a number that is drawn anew each time. */
export type Questions = Readonly<Record<string, (nth: number) => string>>;

/** Of the list of releases. */
export const QUESTIONS: Questions = {
  'no filter': () => '',
  'q, a common word': nth => `q=${wordNamed(nth)}`,
  'q, a rare word': nth => `q=unusual${rare(nth)}`,
  'q, the beginning of a rare word': nth => `q=unusual${String(rare(nth)).slice(0, 3)}`,
  'q, two words': nth => `q=${wordNamed(nth)}%20${nth}`,
  'label, common': nth => `label=${encodeURIComponent(labelNamed(nth))}`,
  'label, rare': nth => `label=rare:${rare(nth)}`,
  'ref of the release': nth => `ref=SHOP-${nth}`,
  'ref of a scope item': nth => `ref=ITEM-${nth}-2`,
  'ref of nothing': nth => `ref=NONE-${nth}`,
  'state, all of them': () => 'state=Planned',
  'state, none of them': () => 'state=Closed',
  'held, one in a thousand': () => 'held=true',
  'service, one in 500': nth => `service=${serviceNamed(nth)}`,
  'environment, one in 8': nth => `environment=${environmentNamed(nth)}`,
  'from and to, an hour': nth => `from=${instantOf(nth)}&to=${instantOf(nth + 60)}`,
  'to, the first year': () => 'to=2025-12-31T00:00:00Z',
  'service and label': nth => `service=${serviceNamed(nth)}&label=${encodeURIComponent(labelNamed(nth))}`,
  'word and state and service': nth => `q=${wordNamed(nth)}&state=Planned&service=${serviceNamed(nth)}`,
};

const rare = (nth: number): number => nth - (nth % RARE);

/** Of records of every kind, found by what is published of them. */
export const SEARCHES: Questions = {
  'search, a common word': nth => `q=${wordNamed(nth)}`,
  'search, a rare word': nth => `q=unusual${rare(nth)}`,
  'search, two words': nth => `q=${wordNamed(nth)}%20${nth}`,
  'search, a key in another system': nth => `q=SHOP-${nth}`,
  'search, a number': nth => `q=REL-${nth + 1}`,
  'search, nothing': nth => `q=nothing${nth}`,
  'search, a word of one category': nth => `q=${wordNamed(nth)}&category=service`,
  'search, ref': nth => `ref=SHOP-${nth}`,
  'search, label': nth => `label=${encodeURIComponent(labelNamed(nth))}`,
  'search, from and to': nth => `q=${wordNamed(nth)}&from=${instantOf(nth)}&to=${instantOf(nth + 60)}`,
};
