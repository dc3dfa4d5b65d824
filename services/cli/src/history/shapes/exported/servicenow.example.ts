import fc from 'fast-check';
import type { JsonObject } from '../../../client.ts';
import { at, type Export, later, maybe, plain, present, second, service, text } from './parts.example.ts';

/** With `sysparm_display_value=all`, or the internal values alone. */
const serviceNowValues = (
  fields: Readonly<Record<string, readonly [value: string, display?: string] | undefined>>,
  isAll: boolean,
): JsonObject =>
  present(
    Object.fromEntries(
      Object.entries(fields).map(([name, said]) => {
        if (said === undefined) return [name, isAll ? { value: '', display_value: '' } : ''];
        const [value, display = value] = said;
        return [name, isAll ? { value, display_value: display } : value];
      }),
    ),
  );
/** What a reader in Berlin is shown. */
const shown = (seconds: number | undefined): readonly [string, string] | undefined =>
  seconds === undefined ? undefined : [plain(seconds), plain(seconds + 3_600)];

const CHANGE_STATES = [
  ['-5', 'New', 'open'],
  ['-4', 'Assess', 'open'],
  ['-3', 'Authorize', 'open'],
  ['-2', 'Scheduled', 'open'],
  ['-1', 'Implement', 'open'],
  ['0', 'Review', 'open'],
  ['3', 'Closed', 'closed'],
  ['4', 'Canceled', 'canceled'],
] as const;
const CLOSE_CODES = [
  ['successful', 'Successful', 'successful'],
  ['successful_issues', 'Successful with issues', 'successful-with-issues'],
  ['unsuccessful', 'Unsuccessful', 'unsuccessful'],
] as const;
const RISKS = [
  ['2', 'High', 'high'],
  ['3', 'Moderate', 'medium'],
  ['4', 'Low', 'low'],
] as const;

// ServiceNow's documentation: Table API, change_request; states, types and close codes of the Change Management API
export const serviceNowChanges: Export = {
  kind: 'changes',
  system: 'servicenow',
  source: 'https://www.servicenow.com/docs (Table API: change_request; Change Management API)',
  records: nth =>
    fc
      .record({
        isAll: fc.boolean(),
        service: maybe(service),
        title: text,
        type: fc.constantFrom('normal', 'standard', 'emergency'),
        state: fc.constantFrom(...CHANGE_STATES),
        risk: maybe(fc.constantFrom(...RISKS)),
        opened: second,
        approved: maybe(later),
        started: maybe(later),
        ended: maybe(later),
        closed: later,
        closeCode: maybe(fc.constantFrom(...CLOSE_CODES)),
        unauthorized: fc.boolean(),
      })
      .map(said => {
        const when = (moment: number | undefined, after: number): number | undefined =>
          moment === undefined ? undefined : said.opened + after + moment;
        const [approved, started] = [when(said.approved, 0), when(said.started, 100_000)];
        const [ended, closed] = [when(said.ended, 200_000), said.opened + 300_000 + said.closed];
        const [value, display, state] = said.state;
        const isClosed = state === 'closed';
        return {
          record: serviceNowValues(
            {
              sys_id: [`c${nth}`],
              number: [`CHG${nth}`],
              short_description: [said.title],
              type: [said.type, said.type.charAt(0).toUpperCase() + said.type.slice(1)],
              state: [value, display],
              risk: said.risk && [said.risk[0], said.risk[1]],
              cmdb_ci: said.service === undefined ? undefined : [said.service],
              opened_at: shown(said.opened),
              approval_set: shown(approved),
              work_start: shown(started),
              work_end: shown(ended),
              closed_at: isClosed ? shown(closed) : undefined,
              close_code: isClosed && said.closeCode ? [said.closeCode[0], said.closeCode[1]] : undefined,
              unauthorized: [String(said.unauthorized)],
            },
            said.isAll,
          ),
          row: present({
            key: `CHG${nth}`,
            title: said.title,
            model: said.type,
            riskLevel: said.risk?.[2],
            services: said.service === undefined ? undefined : [said.service],
            requestedAt: at(said.opened),
            authorizedAt: approved === undefined ? undefined : at(approved),
            implementationStartedAt: started === undefined ? undefined : at(started),
            implementationEndedAt: ended === undefined ? undefined : at(ended),
            state,
            closedAt: isClosed ? at(closed) : undefined,
            closeCode: isClosed ? said.closeCode?.[2] : undefined,
            unauthorized: said.unauthorized ? true : undefined,
          }),
        };
      }),
};

const SN_PRIORITIES = [
  ['1', '1 - Critical', 'critical'],
  ['2', '2 - High', 'high'],
  ['3', '3 - Moderate', 'medium'],
  ['4', '4 - Low', 'low'],
  ['5', '5 - Planning', 'low'],
] as const;

// ServiceNow's documentation: Table API, incident
export const serviceNowIncidents: Export = {
  kind: 'incidents',
  system: 'servicenow',
  source: 'https://www.servicenow.com/docs (Table API: incident)',
  records: nth =>
    fc
      .record({
        isAll: fc.boolean(),
        service,
        title: text,
        priority: fc.constantFrom(...SN_PRIORITIES),
        state: fc.constantFrom('1', '2', '3', '6', '7', '8'),
        major: fc.boolean(),
        opened: second,
        started: maybe(later),
        resolved: maybe(later),
        causedBy: maybe(fc.constant(`CHG${nth}`)),
      })
      .map(said => {
        const started = said.started === undefined ? undefined : said.opened + said.started;
        const resolved = said.resolved === undefined ? undefined : said.opened + 100_000 + said.resolved;
        return {
          record: serviceNowValues(
            {
              sys_id: [`i${nth}`],
              number: [`INC${nth}`],
              short_description: [said.title],
              priority: [said.priority[0], said.priority[1]],
              state: [said.state],
              major_incident_state: said.major ? ['accepted', 'Accepted'] : undefined,
              business_service: [said.service],
              opened_at: shown(said.opened),
              work_start: shown(started),
              resolved_at: shown(resolved),
              closed_at: undefined,
              caused_by: said.causedBy === undefined ? undefined : [said.causedBy],
            },
            said.isAll,
          ),
          row: present({
            key: `INC${nth}`,
            title: said.title,
            severity: said.priority[2],
            major: said.major ? true : undefined,
            services: [said.service],
            detectedAt: at(said.opened),
            acknowledgedAt: started === undefined ? undefined : at(started),
            resolvedAt: resolved === undefined ? undefined : at(resolved),
            canceled: said.state === '8' ? 'false-alarm' : undefined,
            causes: said.causedBy === undefined ? undefined : [{ kind: 'change', record: { key: said.causedBy } }],
          }),
        };
      }),
};
