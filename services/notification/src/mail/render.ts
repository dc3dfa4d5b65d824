export type Words = Readonly<{ subject: string; text: string }>;

/** What Slipway says where no template is named. */
export const PLAIN: Words = {
  subject: '{{number}} {{title}}: {{event.type}}',
  text: '{{event.type}}\nof {{event.subject}} {{number}} {{title}}\nat {{event.timestamp}}\n\nPosition {{event.position}} of the log.\n',
};

const PLACEHOLDER = /\{\{\s*([A-Za-z0-9_.]{1,100})\s*\}\}/g;
const LONGEST_VALUE = 1_000;
const LONGEST_SUBJECT = 200;

/** Facts put into words. Nothing is computed: a placeholder is the path of a fact, and one that leads nowhere is empty. */
export const rendered = ({ subject, text }: Words, facts: object): Words => ({
  subject: filled(subject, facts).replaceAll(/\s+/g, ' ').trim().slice(0, LONGEST_SUBJECT) || 'Slipway',
  text: filled(text, facts),
});

const filled = (text: string, facts: object): string =>
  text.replaceAll(PLACEHOLDER, (_, path: string) => shown(at(facts, path.split('.'))));

const at = (value: unknown, [name, ...rest]: readonly string[]): unknown => {
  if (name === undefined) return value;
  const isHere = typeof value === 'object' && value !== null && Object.hasOwn(value, name);
  return isHere ? at((value as Readonly<Record<string, unknown>>)[name], rest) : undefined;
};

// Free text stays sealed: mail leaves what can be erased.
const shown = (value: unknown): string => {
  if (typeof value === 'string') return value.startsWith('sealed:') ? '[sealed]' : value.slice(0, LONGEST_VALUE);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.map(shown).join(', ').slice(0, LONGEST_VALUE);
  return '';
};
