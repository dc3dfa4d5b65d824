import { createHash } from 'node:crypto';
import { lookup as lookupByDns, type LookupAddress } from 'node:dns';
import { type ClientRequest, type IncomingMessage, request as overHttp, type RequestOptions } from 'node:http';
import { request as overHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { retryAfterIn } from './schedule.ts';

export type Limits = Readonly<{
  timeoutMs: number;
  allowHttp: boolean;
  mayReach: (address: string) => boolean;
}>;

/** What became of one attempt. `error` is a word of ours: it never holds what the receiver said, nor the address. */
export type Sent = Readonly<{
  status?: number;
  error?: SendError;
  answerDigest?: string;
  /** Seconds, as the receiver asked. */
  retryAfter?: number;
}>;

export type SendError =
  | 'address-not-allowed'
  | 'https-required'
  | 'timed-out'
  | 'not-resolved'
  | 'refused'
  | 'reset'
  | 'certificate-invalid'
  | 'not-sent';

/** All addresses of a name. */
export type Resolve = (
  host: string,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

const MOST_ANSWER_BYTES = 64 * 1024;

class NotAllowed extends Error {}

/**
 * One POST, without redirects. The addresses of the host are looked up once and checked, and those that are good are the only
 * ones to be connected to: a name that means another address the next time gains nothing. What is read of the answer is bounded.
 */
export const send = (
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  limits: Limits,
  resolve: Resolve = byDns,
): Promise<Sent> => {
  const to = new URL(url);
  const isTls = to.protocol === 'https:';
  if (!isTls && !limits.allowHttp) return Promise.resolve({ error: 'https-required' });
  const host = to.hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(host) && !limits.mayReach(host)) return Promise.resolve({ error: 'address-not-allowed' });
  const options: RequestOptions = {
    method: 'POST',
    agent: false,
    lookup: guarded(limits.mayReach, resolve),
    headers: { ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' },
  };
  return answered((isTls ? overHttps : overHttp)(to, options), body, limits.timeoutMs);
};

const byDns: Resolve = (host, callback) => lookupByDns(host, { all: true }, callback);

const guarded =
  (mayReach: (address: string) => boolean, resolve: Resolve): LookupFunction =>
  (host, options, callback) =>
    resolve(host, (error, addresses) => {
      const good = addresses?.filter(({ address }) => mayReach(address)) ?? [];
      const [first] = good;
      if (error) return callback(error, '');
      if (!first) return callback(new NotAllowed(), '');
      if (options.all) callback(null, good);
      else callback(null, first.address, first.family);
    });

const answered = (request: ClientRequest, body: string, timeoutMs: number): Promise<Sent> =>
  new Promise(resolve => {
    const settle = (sent: Sent): void => {
      clearTimeout(deadline);
      resolve(sent);
      request.destroy();
    };
    let answer: IncomingMessage | undefined;
    const deadline = setTimeout(() => (answer ? answer.destroy() : settle({ error: 'timed-out' })), timeoutMs);
    request.once('response', response => read((answer = response), settle));
    // Whatever comes after it was settled is of no interest, but must have a listener.
    request.on('error', error => settle({ error: nameOf(error) }));
    request.end(body);
  });

// The status is the answer. Of what follows as much is read as comes in time, for the receipt.
const read = (response: IncomingMessage, settle: (sent: Sent) => void): void => {
  const hash = createHash('sha256');
  let length = 0;
  const status = response.statusCode ?? 0;
  const retryAfter = retryAfterIn(response.headers['retry-after'], new Date());
  const end = (): void =>
    settle({ status, answerDigest: `sha256:${hash.digest('hex')}`, ...(retryAfter !== undefined && { retryAfter }) });
  response.on('data', (piece: Buffer) => {
    hash.update(piece.subarray(0, MOST_ANSWER_BYTES - length));
    length += piece.length;
    if (length >= MOST_ANSWER_BYTES) response.destroy();
  });
  response.on('error', () => undefined);
  response.once('close', end);
};

const ERRORS: Readonly<Record<string, SendError>> = {
  ENOTFOUND: 'not-resolved',
  EAI_AGAIN: 'not-resolved',
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ETIMEDOUT: 'timed-out',
};

const nameOf = (error: Error): SendError => {
  if (error instanceof NotAllowed) return 'address-not-allowed';
  const { code = '' } = error as NodeJS.ErrnoException;
  return ERRORS[code] ?? (/CERT|SSL|TLS|SIGNATURE/.test(code) ? 'certificate-invalid' : 'not-sent');
};
