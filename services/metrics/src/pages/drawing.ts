import { CustomChart, LineChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { escaped, html, Markup } from './markup.ts';
import type { Colors } from './palette.ts';

use([LineChart, CustomChart, GridComponent, SVGRenderer]);

/** What a chart is drawn with: each stands for a color of the page, whether it is light or dark. */
export const paint = {
  paper: '#010101',
  surface: '#010102',
  ink: '#010103',
  muted: '#010104',
  line: '#010105',
  link: '#010106',
  first: '#010107',
  second: '#010108',
  third: '#010109',
} as const satisfies Colors;

export type Drawing = Readonly<{
  /** Of its own on a page: letters, digits and hyphens. */
  id: string;
  title: string;
  /** What somebody learns from it who does not see it. */
  description: string;
  width: number;
  height: number;
  option: object;
}>;

/**
 * An SVG with a title and a description for those who do not see it, in the colors of the page. It holds no style, no script and
 * no reference to anything but itself, and is the same each time it is drawn.
 */
export const drawn = ({ id, title, description, width, height, option }: Drawing): Markup => {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ animation: false, ...option });
    const inner = innerOf(chart.renderToSVGString(), id);
    return html`<svg
      role="img"
      aria-labelledby="${id}-title ${id}-description"
      viewBox="0 0 ${width} ${height}"
      font-size="11"
    >
      <title id="${id}-title">${title}</title>
      <desc id="${id}-description">${description}</desc>
      ${inner}
    </svg>`;
  } finally {
    chart.dispose();
  }
};

const VARIABLES = new Map(Object.entries(paint).map(([name, color]) => [color as string, `var(--${name})`]));

/** What is within the outer element, without what only a page with a script needs. */
const innerOf = (svg: string, id: string): Markup =>
  new Markup(
    svg
      .replace(/^<svg[^>]*>\s*/, '')
      .replace(/\s*<\/svg>\s*$/, '')
      .replaceAll(/<style\b.*?<\/style>\s*/gs, '')
      .replaceAll(/ (?:class|pointer-events|ecmeta_\w+)="[^"]*"/g, '')
      .replaceAll(/ style="([^"]*)"/g, (_, style: string) => attributesOf(style))
      .replaceAll(/#0101\d\d/g, color => VARIABLES.get(color) ?? color)
      // Counted through by the library over all that a process draws.
      .replaceAll(/\bzr\d+-/g, `${id}-`),
  );

/** A style element's rules as attributes of the SVG: a page allows no style but its own. The typeface is that of the page. */
const attributesOf = (style: string): string =>
  style
    .split(';')
    .map(rule => rule.split(':').map(part => part.trim()))
    .filter(([name, value]) => value !== undefined && (name === 'font-size' || name === 'font-weight'))
    .map(([name = '', value = '']) => ` ${name}="${escaped(value.replace(/px$/, ''))}"`)
    .join('');

const SEGMENTS = new Intl.Segmenter('en');

/** A name that somebody gave, as a chart shows it: on one line. */
export const onOneLine = (name: string, most: number): string => {
  const line = name
    .toWellFormed()
    .replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim();
  const characters = Array.from(SEGMENTS.segment(line), ({ segment }) => segment);
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : line;
};
