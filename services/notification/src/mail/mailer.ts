import { createTransport, type Transporter } from 'nodemailer';

export type Mail = Readonly<{ to: string; subject: string; text: string; messageId: string }>;
/** `gone`: it would be refused for ever. */
export type Mailed = Readonly<{ status?: number; error?: 'refused' | 'not-sent'; gone?: boolean }>;

export type Mailer = Readonly<{ send: (mail: Mail) => Promise<Mailed>; close: () => void }>;

const TIMEOUT_MS = 10_000;
const CONNECTIONS = 5;

/** By SMTP, from `SMTP_URL` (`smtp://user:password@host:587`, `smtps://…`) and `MAIL_FROM`. Undefined when it is not set up. */
export const mailerIn = (environment: NodeJS.ProcessEnv): Mailer | undefined => {
  const { SMTP_URL: url, MAIL_FROM } = environment;
  const from = MAIL_FROM || 'slipway@localhost';
  if (!url) return undefined;
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: CONNECTIONS,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return { send: mail => send(transport, from, mail), close: () => transport.close() };
};

const send = async (transport: Transporter, from: string, { messageId, ...mail }: Mail): Promise<Mailed> => {
  try {
    const headers = { 'Auto-Submitted': 'auto-generated' };
    await transport.sendMail({ ...mail, from, headers, messageId: `<${messageId}@${domainOf(from)}>` });
    return { status: 250 };
  } catch (error) {
    return refusal(error as Readonly<{ code?: string; responseCode?: number }>);
  }
};

// The server spoke of this recipient or this mail, and would say the same again.
const refusal = ({ code, responseCode }: Readonly<{ code?: string; responseCode?: number }>): Mailed => {
  if (responseCode === undefined) return { error: 'not-sent' };
  const isFinal = responseCode >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE');
  return { status: responseCode, error: 'refused', ...(isFinal && { gone: true }) };
};

const domainOf = (from: string): string => /@([A-Za-z0-9.-]+)/.exec(from)?.[1] ?? 'localhost';
