import fc from 'fast-check';
import { at, type Export, later, maybe, present, second, service, text } from './parts.example.ts';

const PRIORITIES = { P1: 'critical', P2: 'high', P3: 'medium', P4: 'low', P5: 'low' } as const;

// developer.pagerduty.com/api-reference (List incidents)
export const pagerduty: Export = {
  kind: 'incidents',
  system: 'pagerduty',
  source: 'https://developer.pagerduty.com/api-reference/ (List incidents)',
  records: nth =>
    fc
      .record({
        service,
        title: text,
        created: second,
        acknowledged: maybe(later),
        resolved: maybe(later),
        told: fc.boolean(),
        priority: maybe(fc.constantFrom('P1', 'P2', 'P3', 'P4', 'P5')),
        urgency: fc.constantFrom('high', 'low'),
        merged: fc.boolean(),
      })
      .map(said => {
        const over = said.resolved === undefined ? undefined : at(said.created + 100_000 + said.resolved);
        const seen = said.acknowledged === undefined ? undefined : at(said.created + said.acknowledged);
        const isMerged = over !== undefined && said.merged;
        return {
          record: present({
            id: `P${nth}`,
            type: 'incident',
            summary: `[#${nth}] ${said.title}`,
            html_url: `https://shop.pagerduty.com/incidents/P${nth}`,
            incident_number: nth,
            title: said.title,
            created_at: at(said.created),
            status: over === undefined ? (seen === undefined ? 'triggered' : 'acknowledged') : 'resolved',
            service: { id: 'PIJ90N7', type: 'service_reference', summary: said.service },
            last_status_change_at: over ?? seen ?? at(said.created),
            resolved_at: said.told ? (over ?? null) : undefined,
            acknowledgements:
              seen === undefined
                ? []
                : [{ at: at(said.created + 99_999_999) }, { at: seen, acknowledger: { id: 'PX' } }],
            priority: said.priority === undefined ? null : { id: 'PP', type: 'priority', summary: said.priority },
            urgency: said.urgency,
            resolve_reason: isMerged ? { type: 'merge_resolve_reason', incident: { id: 'P0' } } : null,
            escalation_policy: { id: 'PE', summary: 'Default' },
          }),
          row: present({
            key: `P${nth}`,
            url: `https://shop.pagerduty.com/incidents/P${nth}`,
            title: said.title,
            severity: said.priority === undefined ? said.urgency : PRIORITIES[said.priority],
            services: [said.service],
            detectedAt: at(said.created),
            acknowledgedAt: seen,
            resolvedAt: over,
            canceled: isMerged ? 'duplicate' : undefined,
          }),
        };
      }),
};
