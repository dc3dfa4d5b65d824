import fc from 'fast-check';
import type { JsonObject } from '../../../client.ts';
import { at, type Export, later, maybe, present, second, service, text, withOffset } from './parts.example.ts';

const JIRA_PRIORITIES = { Highest: 'critical', High: 'high', Medium: 'medium', Low: 'low', Lowest: 'low' } as const;
const RESOLUTIONS = { Done: undefined, Duplicate: 'duplicate', "Won't Do": 'false-alarm' } as const;

const jiraIssue = (
  nth: number,
  said: Readonly<{ title: string; created: number }>,
  fields: JsonObject,
): JsonObject => ({
  id: String(nth),
  key: `OPS-${nth}`,
  self: `https://shop.atlassian.net/rest/api/3/issue/${nth}`,
  expand: 'names',
  fields: {
    summary: said.title,
    created: withOffset(said.created),
    updated: withOffset(said.created),
    labels: [],
    reporter: { displayName: 'Ines', accountId: '1' },
    ...fields,
  },
});
const jiraRow = (nth: number, { title }: Readonly<{ title: string }>) => ({
  key: `OPS-${nth}`,
  url: `https://shop.atlassian.net/rest/api/3/issue/${nth}`,
  title,
});

// developer.atlassian.com/cloud/jira/platform/rest/v3 (issue search)
export const jiraIncidents: Export = {
  kind: 'incidents',
  system: 'jira',
  source: 'https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/',
  records: nth =>
    fc
      .record({
        services: fc.uniqueArray(service, { minLength: 1 }),
        title: text,
        created: second,
        resolved: maybe(later),
        resolution: fc.constantFrom('Done', 'Duplicate', "Won't Do"),
        priority: fc.constantFrom('Highest', 'High', 'Medium', 'Low', 'Lowest'),
      })
      .map(said => ({
        record: jiraIssue(nth, said, {
          priority: { id: '1', name: said.priority },
          components: said.services.map(name => ({ id: '1', name })),
          issuetype: { name: 'Incident' },
          resolution: said.resolved === undefined ? null : { name: said.resolution },
          resolutiondate: said.resolved === undefined ? null : withOffset(said.created + said.resolved),
        }),
        row: present({
          ...jiraRow(nth, said),
          severity: JIRA_PRIORITIES[said.priority],
          services: said.services,
          detectedAt: at(said.created),
          resolvedAt: said.resolved === undefined ? undefined : at(said.created + said.resolved),
          canceled: said.resolved === undefined ? undefined : RESOLUTIONS[said.resolution],
        }),
      })),
};

export const jiraChanges: Export = {
  kind: 'changes',
  system: 'jira',
  source: 'https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/',
  records: nth =>
    fc
      .record({
        services: fc.uniqueArray(service),
        title: text,
        created: second,
        resolved: maybe(later),
        isDone: fc.boolean(),
        type: fc.constantFrom('Change', 'Emergency change', 'Standard change'),
        isDeclined: fc.boolean(),
      })
      .map(said => {
        const isOver = said.resolved !== undefined && said.isDone;
        const state = isOver ? (said.isDeclined ? 'canceled' : 'closed') : 'open';
        return {
          record: jiraIssue(nth, said, {
            components: said.services.map(name => ({ id: '1', name })),
            issuetype: { name: said.type },
            status: { name: 'X', statusCategory: { key: isOver ? 'done' : 'indeterminate' } },
            resolution: isOver ? { name: said.isDeclined ? 'Declined' : 'Done' } : null,
            resolutiondate: isOver ? withOffset(said.created + (said.resolved ?? 0)) : null,
          }),
          row: present({
            ...jiraRow(nth, said),
            model: said.type.startsWith('E') ? 'emergency' : said.type.startsWith('S') ? 'standard' : 'normal',
            services: said.services.length === 0 ? undefined : said.services,
            requestedAt: at(said.created),
            state,
            closedAt: state === 'closed' ? at(said.created + (said.resolved ?? 0)) : undefined,
          }),
        };
      }),
};
