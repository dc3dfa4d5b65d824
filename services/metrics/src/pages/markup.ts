/** HTML that is safe to be put into HTML: made by `html` alone, or drawn by us. */
export class Markup {
  constructor(readonly text: string) {}
}

export type Content = Markup | string | number | undefined | null | false | readonly Content[];

/** A template whose values are escaped, whatever they hold; lists are joined, and what is not there leaves nothing. */
export const html = (strings: TemplateStringsArray, ...values: readonly Content[]): Markup =>
  new Markup(strings.map((string, index) => string + (index < values.length ? rendered(values[index]) : '')).join(''));

const rendered = (value: Content): string => {
  if (value === undefined || value === null || value === false) return '';
  if (value instanceof Markup) return value.text;
  return typeof value === 'object' ? value.map(rendered).join('') : escaped(String(value));
};

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for an element or a quoted attribute. What no document may hold becomes U+FFFD. */
export const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(CONTROLS, '\uFFFD')
    .replaceAll(/[&<>"']/g, character => ENTITIES[character]!);

// eslint-disable-next-line no-control-regex -- these are what is looked for
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u{FFFE}\u{FFFF}]/gu;

/** What somebody called something: marks of direction in it turn nothing around it. */
export const called = (name: string): Markup => html`<bdi>${name}</bdi>`;
