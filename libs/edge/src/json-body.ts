import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { type Problem, ProblemException } from './problem.ts';

/** The bytes as they came, for signatures and for the hash of the request. */
export type RawBody = { rawBody?: Buffer };

const LIMIT = '256kb';
// Of an import, one JSON value a line.
const LINES = 'application/x-ndjson';
const LINES_LIMIT = '4mb';
const MAX_DEPTH = 32;

const MALFORMED = { status: 400, code: 'malformed-json', detail: 'The body is not valid JSON.' };
const NOT_UTF8 = { status: 400, code: 'invalid-utf-8', detail: 'The body is not valid UTF-8.' };
const TOO_DEEP = { status: 400, code: 'too-deep', detail: `The body nests deeper than ${MAX_DEPTH} levels.` };
const BAD_TEXT = { status: 400, code: 'invalid-text', detail: 'A text holds a NUL or half of a surrogate pair.' };
const FORBIDDEN = { status: 400, code: 'forbidden-name', detail: 'No field can be called __proto__.' };
const MALFORMED_URL = { status: 400, code: 'malformed-url', detail: 'The URL is not well encoded.' };
const MALFORMED_ENCODING = {
  status: 400,
  code: 'malformed-encoding',
  detail: 'The body is not in its Content-Encoding.',
};
const NOT_JSON = { status: 415, code: 'unsupported-media-type', detail: 'Send the body as application/json.' };

// By the `type` of body-parser's error, ours from `verify` among them; Nest would keep only the status.
const REFUSED: Readonly<Record<string, Problem>> = {
  'entity.parse.failed': MALFORMED,
  'encoding.unsupported': {
    status: 415,
    code: 'unsupported-encoding',
    detail: 'Send it plain, or as gzip, deflate, br.',
  },
  'charset.unsupported': { status: 415, code: 'unsupported-charset', detail: 'Send the body in UTF-8.' },
  'request.aborted': { status: 400, code: 'request-aborted', detail: 'The request ended before its body did.' },
  'request.size.invalid': { status: 400, code: 'request-aborted', detail: 'The body is shorter than Content-Length.' },
  'not-utf-8': NOT_UTF8,
  'too-deep': TOO_DEEP,
};

/** Parses JSON, bounded in size and depth, and keeps its bytes. Webhooks get the bytes only: see `readJson`. */
export const jsonBody = (): RequestHandler => {
  const json = express.json({ limit: LIMIT, type: ['application/json', 'application/*+json'], verify });
  const raw = express.raw({ limit: LIMIT, type: () => true });
  const lines = express.raw({ limit: LINES_LIMIT, type: LINES });
  return (request: Request & RawBody, response: Response, next: NextFunction) => {
    const misspelt = problemOfUrl(request.url);
    if (misspelt) return next(new ProblemException(misspelt));
    if (request.path.includes('/hooks/')) return raw(request, response, keepingBytes(request, refusing(next)));
    if (request.path.endsWith('/import') && request.is(LINES))
      return lines(request, response, keepingBytes(request, refusing(next, LINES_LIMIT)));
    return json(request, response, refusing(checkingText(request, next)));
  };
};

/** The JSON value of a webhook's bytes, or why there is none. */
export const readJson = (bytes: Uint8Array | undefined): { value: unknown } | { problem: Problem } => {
  if (!bytes || !isUtf8(bytes)) return { problem: NOT_UTF8 };
  if (isTooDeep(bytes)) return { problem: TOO_DEEP };
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString());
    const problem = problemOfValue(value);
    return problem ? { problem } : { value };
  } catch {
    return { problem: MALFORMED };
  }
};

const tooLarge = (limit: string): Problem => ({
  status: 413,
  code: 'body-too-large',
  detail: `The body is larger than ${limit}.`,
});

const refusing =
  (next: NextFunction, limit = LIMIT) =>
  (error?: { type?: string; status?: number; code?: string }): void => {
    if (error?.type === 'entity.too.large') return next(new ProblemException(tooLarge(limit)));
    // What zlib cannot inflate comes without a type.
    const problem = REFUSED[error?.type ?? ''] ?? (error?.code?.startsWith('Z_') ? MALFORMED_ENCODING : undefined);
    next(problem ? new ProblemException(problem) : error);
  };

const keepingBytes =
  (request: Request & RawBody, next: (error?: { type?: string }) => void) =>
  (error?: unknown): void => {
    request.rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    request.body = undefined;
    next(error as { type?: string } | undefined);
  };

const checkingText =
  (request: Request & RawBody, next: NextFunction): NextFunction =>
  (error?: unknown): void => {
    if (error) return next(error);
    if (request.rawBody === undefined && hasBody(request)) return next(new ProblemException(NOT_JSON));
    const problem = problemOfValue(request.body);
    return next(problem && new ProblemException(problem));
  };

const hasBody = ({ headers }: Request): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

const problemOfUrl = (url: string): Problem | undefined => {
  try {
    return decodeURIComponent(url).includes('\0') ? BAD_TEXT : undefined;
  } catch {
    return MALFORMED_URL;
  }
};

// PostgreSQL cannot keep a NUL, RFC 8785 knows no half of a surrogate pair, and __proto__ would vanish in silence.
const problemOfValue = (value: unknown): Problem | undefined => {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0') ? undefined : BAD_TEXT;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, item] of Object.entries(value)) {
    const problem = key === '__proto__' ? FORBIDDEN : (problemOfValue(key) ?? problemOfValue(item));
    if (problem) return problem;
  }
  return undefined;
};

const verify = (request: IncomingMessage & RawBody, _response: unknown, bytes: Buffer): void => {
  request.rawBody = bytes;
  if (!isUtf8(bytes)) throw refusal('not-utf-8'); // JSON.parse would see replacement characters
  if (isTooDeep(bytes)) throw refusal('too-deep'); // class-transformer recurses
};

const refusal = (type: string): Error => Object.assign(new Error(type), { type });

const [QUOTE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = Buffer.from('"\\[]{}');

const isTooDeep = (bytes: Uint8Array): boolean => {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (quoted && byte === BACKSLASH) at += 1;
    else if (byte === QUOTE) quoted = !quoted;
    else if (!quoted && (byte === OPEN_LIST || byte === OPEN_OBJECT) && ++depth > MAX_DEPTH) return true;
    else if (!quoted && (byte === CLOSE_LIST || byte === CLOSE_OBJECT)) depth -= 1;
  }
  return false;
};
