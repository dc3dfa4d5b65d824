/** Colors by what they are for. The first three tell series apart for every kind of color vision; shapes and words do, too. */
export type Colors = Readonly<{
  paper: string;
  /** Behind cards and heads of tables. */
  surface: string;
  ink: string;
  muted: string;
  line: string;
  link: string;
  first: string;
  second: string;
  third: string;
}>;

// Hues of M. Okabe and K. Ito, "Color Universal Design" (2008), darkened on white until they can be seen there.
export const palette: Readonly<{ light: Colors; dark: Colors }> = {
  light: {
    paper: '#ffffff',
    surface: '#f4f5f6',
    ink: '#16191d',
    muted: '#565c64',
    line: '#c9ced4',
    link: '#00558a',
    first: '#0072b2',
    second: '#c04f00',
    third: '#00795a',
  },
  dark: {
    paper: '#14171b',
    surface: '#1e2227',
    ink: '#eceef0',
    muted: '#a9b0b8',
    line: '#454c55',
    link: '#7cc4ee',
    first: '#56b4e9',
    second: '#e69f00',
    third: '#2fc79a',
  },
};
