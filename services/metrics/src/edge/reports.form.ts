import { ProblemException } from '@slipway/edge';
import { sha256 } from '@slipway/canonical';
import type { Request, Response } from 'express';
import { contentSecurityPolicy } from '../pages/style.ts';

/** What a report can be had as. */
export type Form = 'json' | 'csv' | 'html';

const MEDIA_TYPES = { json: 'application/json', csv: 'text/csv', html: 'text/html' } as const;

/** What is wanted: by the parameter, else by `Accept`. Throws 406 for what is not offered; the first is what is meant by anything. */
export const formOf = (
  asked: string | undefined,
  offered: readonly Form[],
  request: Request,
  response: Response,
): Form => {
  response.vary('Accept');
  if (asked !== undefined) return asked as Form;
  const accepted = request.accepts(offered.map(form => MEDIA_TYPES[form]));
  const form = offered.find(each => MEDIA_TYPES[each] === accepted);
  if (form !== undefined) return form;
  const types = offered.map(each => MEDIA_TYPES[each]).join(', ');
  throw new ProblemException({ status: 406, code: 'not-acceptable', detail: `It can be had as ${types}.` });
};

/** The headers of a report as text: what it is, as of which position, and that it may be asked for again. */
export const asText = (text: string, form: 'csv' | 'html', position: number, response: Response): string => {
  response.type(`${MEDIA_TYPES[form]}; charset=utf-8`);
  response.vary('Authorization');
  response.set({
    'Slipway-Position': String(position),
    // Express answers 304 by it.
    ETag: `"${position}-${sha256(text).slice(-32)}"`,
    'Cache-Control': 'private, no-cache',
    'X-Content-Type-Options': 'nosniff',
    ...(form === 'html' && PAGE),
  });
  return text;
};

const PAGE = {
  'Content-Security-Policy': `${contentSecurityPolicy}; frame-ancestors 'none'`,
  'Referrer-Policy': 'no-referrer',
};
