import { isOwn, type TemplateEvent } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import { describedView } from '@slipway/records';

export type Revision = Readonly<{ revision: number; subject: string; text: string; by: string; at: string }>;

export type TemplateView = Readonly<{
  title: string;
  owner: string;
  audience: string;
  description?: string;
  state: 'Current' | 'Retired';
  reason?: string;
  /** The last is what is said now. */
  revisions: readonly Revision[];
  createdAt: string;
  updatedAt: string;
}>;

export const templateView = (
  view: TemplateView | undefined,
  event: Recorded<TemplateEvent>,
): TemplateView | undefined => {
  if (event.type === 'TemplateCreated') {
    const { title, owner, audience, description, recordedAt } = event.data;
    const said = { title, owner, audience, ...(description && { description }) };
    return {
      ...said,
      state: 'Current',
      revisions: [revisionIn(event.data)],
      createdAt: recordedAt,
      updatedAt: recordedAt,
    };
  }
  if (!view) return undefined;
  const updated = { ...view, updatedAt: event.data.recordedAt };
  if (!isOwn(event)) return updated;
  if (event.type === 'TemplateRevised') return { ...updated, revisions: [...view.revisions, revisionIn(event.data)] };
  return { ...updated, state: 'Retired', ...(event.data.reason && { reason: event.data.reason }) };
};

/** With labels, references, comments and files. */
export const templateRecord = describedView('template', templateView);

type Said = Extract<TemplateEvent, { type: 'TemplateRevised' }>['data'];

const revisionIn = ({ revision, subject, text, actor: by, recordedAt: at }: Said): Revision => ({
  revision,
  subject,
  text,
  by,
  at,
});
