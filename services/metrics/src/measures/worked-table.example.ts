import type { Case } from './worked-case.example.ts';

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** The page that people read. */
export const tableOf = (cases: readonly Case[]): string =>
  [
    '# Worked by hand',
    '',
    'Each row is a test: `src/measures/worked-cases.spec.ts`, which also holds this page against it.',
    '',
    row('case', 'figure', 'is', 'shown beside it', 'because'),
    row('---', '---', '---', '---', '---'),
    ...cases.map(({ case: name, figure, is, shows = {}, because }) =>
      row(
        name,
        figure.replace(' ', ': '),
        is,
        Object.entries(shows)
          .map(([reason, ids]) => `${reason}: ${ids.join(', ')}`)
          .join('; '),
        because,
      ),
    ),
    '',
  ].join('\n');
