import type { Command } from 'commander';
import type { JsonObject, Query } from '../client.ts';
import { type Executive, executiveInWords, type Report, reportInWords } from '../report.ts';
import type { Session } from '../session.ts';

type Options = Readonly<Record<string, string>> & Readonly<{ csv?: boolean; html?: boolean }>;

/** `slipway report --service checkout`, `slipway report executive --month 2026-03 --html > march.html` */
export const addReport = (program: Command, session: Session): void => {
  const report = program.command('report').description('delivery figures, with what they are made of');
  addDelivery(report, session);
  addExecutive(report, session);
};

const addDelivery = (report: Command, session: Session): void => {
  const command = report
    .command('delivery', { isDefault: true })
    .description('the delivery measures of a service, or of all, over a period: the last 30 days when none is given')
    .option('--service <service>', 'a name or an id')
    .option('--environment <environment>', 'a name or an id')
    .option('--period <period>', 'a day, week, month, quarter or year: 2026-W10, 2026-03')
    .option('--from <instant>', 'RFC 3339, or a day')
    .option('--to <instant>', 'RFC 3339, or a day');
  inForms(command).action((options: Options) =>
    shown(session, '/v1/reports/delivery', options, answer => reportInWords(answer as unknown as Report)),
  );
};

const addExecutive = (report: Command, session: Session): void => {
  const command = report
    .command('executive')
    .description('a month for whoever decides: figures, twelve months, services, and proposed gate changes')
    .option('--month <month>', 'such as 2026-03; the last one that is over when absent');
  inForms(command).action((options: Options) =>
    shown(session, '/v1/reports/executive', options, answer => executiveInWords(answer as unknown as Executive)),
  );
};

const inForms = (command: Command): Command =>
  command
    .option('--team <team>', 'by its name')
    .option('--application <application>', 'a name or an id')
    .option('--zone <zone>', 'IANA; UTC when absent')
    .option('--csv', 'as CSV, with every number')
    .option('--html', 'as a page to read, print and send');

const shown = async (
  session: Session,
  path: string,
  { csv = false, html = false, ...asked }: Options,
  inWords: (answer: JsonObject) => string,
): Promise<void> => {
  const query: Query = asked;
  const type = html ? 'text/html' : csv ? 'text/csv' : undefined;
  if (type !== undefined) return session.print(await session.client().text(path, type, query));
  const answer = await session.client().get(path, query);
  return session.show(answer, () => inWords(answer));
};
