const SHORT: Readonly<Record<string, string>> = {
  'lead-time': 'Lead time',
  'failed-deployment-recovery-time': 'Recovery time',
  mttr: 'Time to restore',
};

/** What a measure is called where there is little room, of the series that is read first. */
export const shortTitle = ({ measure, title }: Readonly<{ measure: string; title: string }>): string =>
  SHORT[measure] ?? title;
