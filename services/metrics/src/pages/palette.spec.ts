import { type Colors, palette } from './palette.ts';

type Rgb = readonly [number, number, number];

/** sRGB, from 0 to 1. */
const rgbOf = (color: string): Rgb =>
  [1, 3, 5].map(at => Number.parseInt(color.slice(at, at + 2), 16) / 255) as unknown as Rgb;
const linear = (part: number): number => (part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);

// WCAG 2.2: relative luminance, contrast ratio.
const luminance = (color: string): number => {
  const [red, green, blue] = rgbOf(color).map(linear) as unknown as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (one: string, other: string): number => {
  const [dark, light] = [luminance(one), luminance(other)].toSorted((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
};

test('the ratio of black on white is 21, as WCAG has it', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 6);
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
});

// G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, "A physiologically-based model for simulation of color vision deficiency" (2009), severity 1.
const SEEN: Readonly<Record<string, readonly Rgb[]>> = {
  'full color vision': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152_286, 1.052_583, -0.204_868],
    [0.114_503, 0.786_281, 0.099_216],
    [-0.003_882, -0.048_116, 1.051_998],
  ],
  deuteranopia: [
    [0.367_322, 0.860_646, -0.227_968],
    [0.280_085, 0.672_501, 0.047_413],
    [-0.011_82, 0.042_94, 0.968_881],
  ],
  tritanopia: [
    [1.255_528, -0.076_749, -0.178_779],
    [-0.078_411, 0.930_809, 0.147_602],
    [0.004_733, 0.691_367, 0.303_9],
  ],
};

const seen = (color: string, matrix: readonly Rgb[]): Rgb => {
  const parts = rgbOf(color).map(linear);
  return matrix.map(row => row.reduce((sum, weight, index) => sum + weight * parts[index]!, 0)) as unknown as Rgb;
};

/** CIE L*a*b* of linear sRGB under D65. */
const labOf = ([red, green, blue]: Rgb): Rgb => {
  const f = (t: number): number => (t > 216 / 24_389 ? Math.cbrt(t) : (24_389 / 27 / 116) * t + 16 / 116);
  const x = f((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.950_47);
  const y = f(0.2126 * red + 0.7152 * green + 0.0722 * blue);
  const z = f((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.088_83);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
};
const apart = (one: Rgb, other: Rgb): number => Math.hypot(...one.map((part, index) => part - other[index]!));

describe.each(Object.entries(palette))('on %s pages', (_, colors: Colors) => {
  test.each(['ink', 'muted', 'link'] as const)('text in %s has the contrast of WCAG AA', name => {
    expect(contrast(colors[name], colors.paper)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colors[name], colors.surface)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(['first', 'second', 'third', 'muted'] as const)(
    'what is drawn in %s has the contrast of WCAG AA for graphics',
    name => {
      expect(contrast(colors[name], colors.paper)).toBeGreaterThanOrEqual(3);
      expect(contrast(colors[name], colors.surface)).toBeGreaterThanOrEqual(3);
    },
  );

  test.each(Object.entries(SEEN))('with %s, this and before are told apart', (__, matrix) => {
    const [first, second] = [colors.first, colors.second].map(color => labOf(seen(color, matrix)));
    expect(apart(first!, second!)).toBeGreaterThan(20);
  });
});
