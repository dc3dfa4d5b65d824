import { Instant, Integer, Optional, Text, utcOf } from './fields.ts';
import { ProblemException } from './problem.ts';

/** What every list and report takes. */
export class AfterEventQuery {
  /** Wait until the answer shows this event: the value of a `Slipway-Event` header. */
  @Text(300)
  @Optional()
  readonly afterEvent?: string;
}

/** What is answered in pages. */
export class PageQuery extends AfterEventQuery {
  /** How many at once; 50 when absent. */
  @Integer(1, 200)
  @Optional()
  readonly pageSize?: number;

  /** `nextPageToken` of the page before. */
  @Text(1_000)
  @Optional()
  readonly pageToken?: string;
}

/** What every list takes. Extend it with the filters of one list. */
export class ListQuery extends PageQuery {
  /** Words that a title or number must contain. */
  @Text(200)
  @Optional()
  readonly q?: string;

  @Text(40)
  @Optional()
  readonly state?: string;

  @Instant()
  @Optional()
  readonly from?: string;

  @Instant()
  @Optional()
  readonly to?: string;
}

/** One row more than the page tells whether there is a next one. */
export type Page = Readonly<{ limit: number; after?: readonly string[] }>;

/** `within`: only rows whose `tokensOf` share one of these, or that have none. */
export type PageWithin = Page & Readonly<{ within?: readonly string[] }>;

/** A row, and the key that it sorts by; the last part of the key is unique. */
export type Row = Readonly<{ cursor: readonly string[]; item: object }>;

export const pageOf = ({ pageSize = 50, pageToken }: PageQuery): Page => ({
  limit: pageSize + 1,
  ...(pageToken && { after: cursorIn(pageToken) }),
});

/** Of a list that is sorted by an instant and then the id: where to go on. Throws a 400 for a token that nobody gave out. */
export const afterInstant = ({ after }: Page): Readonly<{ at: string; id: string }> | undefined => {
  if (!after) return undefined;
  const [at = '', id = ''] = after;
  if (utcOf(at) !== at) throw invalidPageToken();
  return { at, id };
};

/** The items of a page, and the token of the next one when `rows` has one more than asked for. */
export const paged = (rows: readonly Row[], { limit }: Page): { items: object[]; nextPageToken?: string } => {
  const shown = rows.slice(0, limit - 1);
  const last = shown.at(-1);
  const more = rows.length === limit && last;
  return { items: shown.map(({ item }) => item), ...(more && { nextPageToken: tokenOf(last.cursor) }) };
};

const tokenOf = (cursor: readonly string[]): string => Buffer.from(JSON.stringify(cursor)).toString('base64url');

const cursorIn = (token: string): readonly string[] => {
  const cursor = parsed(Buffer.from(token, 'base64url').toString());
  if (Array.isArray(cursor) && cursor.length <= 4 && cursor.every(isPlainText)) return cursor;
  throw invalidPageToken();
};

export const invalidPageToken = (): ProblemException => {
  const detail = 'pageToken takes a nextPageToken as it came.';
  return new ProblemException({ status: 400, code: 'invalid-page-token', detail });
};

const isPlainText = (part: unknown): part is string =>
  typeof part === 'string' && !part.includes('\0') && part.isWellFormed();

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
