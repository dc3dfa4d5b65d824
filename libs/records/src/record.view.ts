import { type ExternalRef, type RecordFact, recordFactIn } from '@slipway/contracts';
import type { Message, Stamp } from '@slipway/event-sourcing';
import type { RecordView } from '@slipway/service';

export type CommentView = Readonly<{ id: string; text: string; by: string; at: string }>;
export type FileView = Readonly<{
  id: string;
  name: string;
  url: string;
  digest: string;
  mediaType?: string;
  by: string;
  at: string;
}>;

/** What every record shows beside its own. */
export type RecordParts = Readonly<{
  labels: readonly string[];
  externalRefs: readonly ExternalRef[];
  comments: readonly CommentView[];
  files: readonly FileView[];
}>;

const NO_PARTS: RecordParts = { labels: [], externalRefs: [], comments: [], files: [] };

/** The view of a record with what people said of it. Its own fold sees those facts too, and need do nothing with them. */
export const describedView =
  <Event extends Message, View extends object>(
    category: string,
    own: RecordView<Event, View>,
  ): RecordView<Event, View & RecordParts> =>
  (view, event) => {
    const after = own(view, event);
    if (!after) return undefined;
    const parts = partsOf(view);
    const fact = recordFactIn(category, event);
    return { ...parts, ...after, ...(fact && partsAfter(parts, fact, event.data as Stamp)) };
  };

const partsOf = (view: RecordParts | undefined): RecordParts =>
  view
    ? { labels: view.labels, externalRefs: view.externalRefs, comments: view.comments, files: view.files }
    : NO_PARTS;

const partsAfter = (parts: RecordParts, fact: RecordFact, { actor: by, occurredAt: at }: Stamp): object => {
  switch (fact.type) {
    case 'DetailsChanged': {
      const { title, owner, description, labels, externalRefs } = fact.data;
      return {
        ...(title !== undefined && { title }),
        ...(owner !== undefined && { owner }),
        ...(description !== undefined && { description: description ?? undefined }),
        ...(labels && { labels }),
        ...(externalRefs && { externalRefs }),
      };
    }
    case 'Commented': {
      const { commentId: id, text } = fact.data;
      return { comments: [...parts.comments, { id, text, by, at }] };
    }
    case 'FileLinked': {
      const { fileId: id, name, url, digest, mediaType } = fact.data;
      return { files: [...parts.files, { id, name, url, digest, ...(mediaType && { mediaType }), by, at }] };
    }
    case 'FileUnlinked':
      return { files: parts.files.filter(({ id }) => id !== fact.data.fileId) };
  }
};
