import { paint } from './drawing.ts';

/** Where a value of the axes is on the drawing. */
export type Place = Readonly<{
  value: (dimension: number) => number;
  coord: (at: readonly [number, number]) => [x: number, y: number];
}>;

/** Shapes of our own at places of the axes, one for each row of numbers. `encode`: which numbers the axes must have room for. */
export const shapes = (rows: readonly (readonly number[])[], shape: (place: Place) => object): object => ({
  type: 'custom',
  silent: true,
  data: rows,
  renderItem: (_: unknown, place: Place) => shape(place),
});

export const together = (...children: readonly object[]): object => ({ type: 'group', children });

export const stroke = (
  from: readonly [number, number],
  to: readonly [number, number],
  color: string,
  lineWidth = 1,
) => ({
  type: 'line',
  shape: { x1: from[0], y1: from[1], x2: to[0], y2: to[1] },
  style: { stroke: color, lineWidth },
});

export const dot = ([cx, cy]: readonly [number, number], r: number, fill: string, outline = fill) => ({
  type: 'circle',
  shape: { cx, cy, r },
  style: { fill, stroke: outline, lineWidth: 1.5 },
});

export const diamond = ([x, y]: readonly [number, number], r: number, fill: string, outline = fill) => ({
  type: 'polygon',
  shape: {
    points: [
      [x, y - r],
      [x + r, y],
      [x, y + r],
      [x - r, y],
    ],
  },
  style: { fill, stroke: outline, lineWidth: 1.5 },
});

export const words = (
  [x, y]: readonly [number, number],
  text: string,
  fill: string,
  align: 'left' | 'center' | 'right' = 'center',
  fontWeight: 400 | 600 = 400,
) => ({
  type: 'text',
  // With a rim in the color of the page, so that it can be read where it meets a line.
  style: {
    x,
    y,
    text,
    fill,
    align,
    verticalAlign: 'middle',
    font: `${fontWeight} 11px sans-serif`,
    stroke: paint.paper,
    lineWidth: 3,
  },
});
