import type { Command } from 'commander';
import type { JsonObject } from '../client.ts';
import { type Report, reportInWords } from '../report.ts';
import type { Session } from '../session.ts';

type Options = Readonly<{ service?: string; environment?: string; from?: string; to?: string }>;

/** `slipway report --service checkout --from 2026-03-01T00:00:00Z` */
export const addReport = (program: Command, session: Session): void => {
  program
    .command('report')
    .description('the delivery measures of a service, or of all, over a period: the last 30 days when none is given')
    .option('--service <service>', 'a name or an id')
    .option('--environment <environment>', 'a name or an id')
    .option('--from <instant>', 'RFC 3339')
    .option('--to <instant>', 'RFC 3339')
    .action(async (options: Options) => {
      const report: JsonObject = await session.client().get('/v1/reports/delivery', options);
      await session.show(report, () => reportInWords(report as unknown as Report));
    });
};
