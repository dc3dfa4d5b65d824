import { PLAIN, rendered } from './render.ts';

const facts = {
  number: 'REL-1',
  title: 'Checkout 2.4',
  event: { type: 'dev.slipway.release-held.v1', data: { reason: 'sealed:v1:x', targets: ['eu', 'us'], wave: 2 } },
};
const text = (template: string): string => rendered({ subject: 'x', text: template }, facts).text;

test.each([
  ['{{number}}: {{ event.type }}', 'REL-1: dev.slipway.release-held.v1'],
  ['{{event.data.targets}} {{event.data.wave}}', 'eu, us 2'],
  ['because {{event.data.reason}}', 'because [sealed]'],
  ['{{event.data.nothing}}{{event}}{{nobody.knows}}', ''],
  ['{{constructor.name}}{{event.__proto__}}{{title.length}}', ''],
  ['{{7*7}} {{number', '{{7*7}} {{number'],
])('%s', (template, expected) => expect(text(template)).toBe(expected));

test('a fact that looks like a placeholder is no placeholder', () =>
  expect(rendered({ subject: '{{title}}', text: '' }, { title: '{{number}}', number: 'REL-1' }).subject).toBe(
    '{{number}}',
  ));

test('a subject is one line, and there is always one', () => {
  expect(rendered({ subject: '{{title}}', text: '' }, { title: 'one\r\nBcc: ann@example.org' }).subject).toBe(
    'one Bcc: ann@example.org',
  );
  expect(rendered({ subject: '{{title}}', text: '' }, {}).subject).toBe('Slipway');
  expect(rendered(PLAIN, facts).subject).toBe('REL-1 Checkout 2.4: dev.slipway.release-held.v1');
});
