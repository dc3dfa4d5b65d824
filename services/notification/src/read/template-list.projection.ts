import { type RowOf, rowPerStream } from '@slipway/consumers';
import { isOwn, type TemplateEvent } from '@slipway/contracts';
import { idOf } from '@slipway/event-sourcing';
import { describedRow } from '@slipway/records';
import type { TemplateRow } from './template-list.entity.ts';

type Row = RowOf<TemplateRow>;

export const templateList = rowPerStream<TemplateEvent, Row>({
  consumer: 'notification.templates',
  categories: ['template'],
  table: 'templates_v1',
  numbered: true,
  fold: describedRow('template', (row, event) => {
    const { version, data } = event;
    if (event.type === 'TemplateCreated') {
      const { title, owner, audience, revision, subject, text, recordedAt } = event.data;
      const words = { title, owner, audience, revision, subject, text };
      const seen = { createdAt: recordedAt, updatedAt: recordedAt, version };
      return row ?? { id: idOf(event.stream), number: null, ...words, state: 'Current', labels: [], refs: [], ...seen };
    }
    if (!row) return undefined;
    const updated = { ...row, version, updatedAt: data.recordedAt };
    if (!isOwn(event)) return updated;
    if (event.type === 'TemplateRetired') return { ...updated, state: 'Retired' };
    const { revision, subject, text } = event.data;
    return { ...updated, revision, subject, text };
  }),
});
