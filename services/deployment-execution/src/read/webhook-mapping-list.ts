import { rowPerStream } from '@slipway/consumers';
import type { WebhookMappingEvent } from '@slipway/contracts';
import type { Page, Row as ListRow } from '@slipway/edge';
import { idOf } from '@slipway/event-sourcing';
import type { DataSource } from 'typeorm';
import { answered } from './row.ts';

type Row = Readonly<{ id: string; name: string; state: string; version: number; changedAt: string }>;

/** Mappings of webhooks, by name. */
export const webhookMappingList = rowPerStream<WebhookMappingEvent, Row>({
  consumer: 'deployment-execution.webhook-mappings',
  categories: ['webhookMapping'],
  table: 'webhook_mappings_v1',
  fold: (row, { stream, version, type, data }) => {
    const now = { version, changedAt: data.recordedAt };
    if (type === 'WebhookMappingDefined') return { id: idOf(stream), name: data.name, state: 'defined', ...now };
    return row && { ...row, state: 'withdrawn', ...now };
  },
});

const LIST = `
  SELECT id, name, state, version, changed_at AS "changedAt" FROM webhook_mappings_v1
  WHERE name > $1 AND ($2::text IS NULL OR state = $2) AND ($3::text IS NULL OR strpos(name, lower($3)) > 0)
  ORDER BY name LIMIT $4`;

export const listWebhookMappings = async (
  source: DataSource,
  { q, state }: Readonly<{ q?: string; state?: string }>,
  page: Page,
): Promise<readonly ListRow[]> => {
  const rows = await source.query<(Omit<Row, 'changedAt'> & Readonly<{ changedAt: Date }>)[]>(LIST, [
    page.after?.[0] ?? '',
    state ?? null,
    q ?? null,
    page.limit,
  ]);
  return rows.map(row => ({ cursor: [row.name], item: answered(row) }));
};
