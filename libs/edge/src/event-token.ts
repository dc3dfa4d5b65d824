import { ProblemException } from './problem.ts';

/** What the outside holds of an event, opaque to it: its stream and version. */
export type EventPlace = Readonly<{ stream: string; version: number }>;

export const eventToken = ({ stream, version }: EventPlace): string =>
  Buffer.from(`${stream}@${version}`).toString('base64url');

/** Throws a 400 for what `eventToken` never made. */
export const eventPlace = (token: string): EventPlace => {
  const [, stream, version] =
    /^([A-Za-z]{1,40}-[\w.-]{1,80})@(\d{1,9})$/.exec(Buffer.from(token, 'base64url').toString()) ?? [];
  if (stream && version) return { stream, version: Number(version) };
  const detail = 'afterEvent takes the value of a Slipway-Event header as it came.';
  throw new ProblemException({ status: 400, code: 'invalid-after-event', detail });
};
