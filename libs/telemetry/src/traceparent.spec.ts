import { trace } from '@opentelemetry/api';
import { contextOf, traceparentOf } from './traceparent.ts';

const SENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

test('a trace goes on where it came from', () => {
  const span = trace.getSpan(contextOf(SENT)!)!;
  expect(span.spanContext()).toMatchObject({ isRemote: true, traceId: '0af7651916cd43dd8448eb211c80319c' });
  expect(traceparentOf(span)).toBe(SENT);
});

test.each([undefined, '', 'x', SENT.toUpperCase(), `${SENT}-1`, SENT.replace(/^00/, '01')])('%s is none', sent => {
  expect(contextOf(sent)).toBe(undefined);
});
