import pg from 'pg';

/** Says to the sequencer that there is something to sequence. Without it, it looks by itself, less often. */
export type AppendHint = Readonly<{ appended: () => void; stop: () => Promise<void> }>;

/** At most one NOTIFY in this time. */
const EVERY_MS = 5;

/**
 * On a connection of its own, since NOTIFY in the append's transaction would make all commits of the cluster wait for each
 * other. A hint that gets lost costs milliseconds, so errors only close the connection until the next one.
 */
export const appendHint = (url: string): AppendHint => {
  let connecting: Promise<pg.Client> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let sending = Promise.resolve();
  let sentAt = 0;

  const send = async (): Promise<void> => {
    sentAt = performance.now();
    const attempt = (connecting ??= connected(url, () => (connecting = undefined)));
    try {
      await (await attempt).query('NOTIFY slipway_appended');
    } catch {
      if (connecting === attempt) connecting = undefined;
    }
  };

  return {
    appended: () => {
      timer ??= setTimeout(
        () => {
          sending = sending.then(send).finally(() => (timer = undefined));
        },
        Math.max(0, EVERY_MS - (performance.now() - sentAt)),
      ).unref();
    },
    stop: async () => {
      clearTimeout(timer);
      await sending;
      await (await connecting?.catch(() => undefined))?.end();
    },
  };
};

const connected = async (url: string, onLost: () => void): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url, keepAlive: true, application_name: 'slipway-append-hint' });
  client.on('error', onLost);
  await client.connect();
  return client;
};
