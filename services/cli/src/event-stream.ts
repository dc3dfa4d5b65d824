/** One server-sent event; without data it only says where the reader is. */
export type ServerSentEvent = Readonly<{ id?: string; event?: string; data?: string }>;

/** The events in a stream of text, as they come (WHATWG HTML, server-sent events). */
export async function* eventsIn(chunks: AsyncIterable<string>): AsyncGenerator<ServerSentEvent> {
  let rest = '';
  for await (const chunk of chunks) {
    rest = (rest + chunk).replaceAll('\r\n', '\n');
    for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n')) {
      yield eventOf(rest.slice(0, end));
      rest = rest.slice(end + 2);
    }
  }
}

const eventOf = (text: string): ServerSentEvent => {
  const lines = text.split('\n').map(line => /^([a-z]+): ?(.*)$/.exec(line));
  const last = (name: string): string | undefined => lines.findLast(line => line?.[1] === name)?.[2];
  const data = lines.filter(line => line?.[1] === 'data').map(line => line?.[2] ?? '');
  const [id, event] = [last('id'), last('event')];
  return {
    ...(id !== undefined && { id }),
    ...(event !== undefined && { event }),
    ...(data.length > 0 && { data: data.join('\n') }),
  };
};
