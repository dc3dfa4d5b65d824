import { type Content, html, Markup } from './markup.ts';
import { contentSecurityPolicy, style } from './style.ts';

export type Page = Readonly<{
  title: string;
  /** What kind of a report it is, above its title. */
  kind: string;
  heading: Content;
  lead?: Content;
  /** What it is about, until when, and as of which position. */
  facts: readonly (readonly [term: string, said: Content])[];
  sections: readonly Content[];
  footer: Content;
}>;

/** A document of its own: nothing is loaded, nothing runs, and it may be sent or printed as it is. */
export const documentOf = ({ title, kind, heading, lead, facts, sections, footer }: Page): string => {
  const body = html`<a class="skip" href="#report">Skip to the report</a>
    <header>
      <p class="kind">${kind}</p>
      <h1>${heading}</h1>
      ${lead ? html`<p class="lead">${lead}</p>` : ''}
      <dl class="facts">
        ${facts.map(
          ([term, said]) =>
            html`<div>
              <dt>${term}</dt>
              <dd>${said}</dd>
            </div>`,
        )}
      </dl>
    </header>
    <main id="report">${sections}</main>
    <footer>${footer}</footer>`;
  const head = html`<meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="referrer" content="no-referrer" />
    <meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy}" />
    <title>${title}</title>`;
  const styled = new Markup(`<style>${style}</style>`);
  return html`${new Markup('<!doctype html>')}
    <html lang="en">
      <head>
        ${head}${styled}
      </head>
      <body>
        ${body}
      </body>
    </html>`.text;
};

type Column = readonly [name: Content, isNumber?: 'n'];

/** A table under its own caption, which scrolls by itself where a screen is narrow, by keyboard too. */
export const table = (caption: string, columns: readonly Column[], rows: readonly Markup[], id?: string): Markup =>
  html`<div class="wrap" role="region" tabindex="0" aria-label="${caption}">
    <table ${id === undefined ? '' : html`id="${id}"`}>
      <caption>
        <span>${caption}</span>
      </caption>
      <thead>
        <tr>
          ${columns.map(([name, n]) => html`<th scope="col" ${n && html`class="n"`}>${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;

/** A part of a page under a heading that it is known by. */
export const section = (id: string, heading: Content, content: Content): Markup =>
  html`<section id="${id}" aria-labelledby="${id}-h">
    <h2 id="${id}-h">${heading}</h2>
    ${content}
  </section>`;

/** A chart, and the same numbers beside it. */
export const pair = (chart: Markup, said: Content, numbers: Markup): Markup =>
  html`<div class="pair">
    <figure>
      ${chart}
      <figcaption>${said}</figcaption>
    </figure>
    ${numbers}
  </div>`;
