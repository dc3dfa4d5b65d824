import type { TemplateEvent } from '@slipway/contracts';
import { fold, isRejection, specification } from '@slipway/event-sourcing';
import { rita, stamp } from './example.ts';
import { template, type TemplateCommand, templateMoves, type TemplateStatus } from './template.ts';

const given = specification(template);
const words = { subject: '{{title}}', text: 'It is so.' };
const described = { title: 'Releases', owner: rita, audience: 'support', ...words };
const created: TemplateEvent = { type: 'TemplateCreated', data: { ...described, ...stamp, revision: 1 } };
const retired: TemplateEvent = { type: 'TemplateRetired', data: stamp };
const commands: readonly TemplateCommand[] = [
  { type: 'CreateTemplate', data: described },
  { type: 'ReviseTemplate', data: { ...words, text: 'It was so.' } },
  { type: 'RetireTemplate', data: {} },
];

test('a template begins with its first revision, and each other text is the next one', () => {
  expect(given().when({ ...commands[0]!, stamp })).toEqual([created]);
  const [revised] = [{ type: 'TemplateRevised', data: { ...words, text: 'It was so.', ...stamp, revision: 2 } }];
  expect(given(created).when({ ...commands[1]!, stamp })).toEqual([revised]);
  expect(given(created).when({ type: 'ReviseTemplate', data: words, stamp })).toEqual([]);
});

test.each([
  ['no-template', [], commands[1]!],
  ['template-exists', [created], commands[0]!],
  ['template-retired', [created, retired], commands[1]!],
] as const)('%s', (rejected, history, command) =>
  expect(given(...history).when({ ...command, stamp })).toMatchObject({ rejected }),
);

describe('every command in every state', () => {
  const histories = { None: [], Current: [created], Retired: [created, retired] };
  const pairs = Object.entries(histories).flatMap(([status, history]) =>
    commands.map(each => [status as TemplateStatus, each.type, history, each] as const),
  );

  test.each(pairs.filter(([status, type]) => templateMoves[status][type]))(
    '%s allows %s',
    (status, type, history, each) => {
      const decided = template.decide({ ...each, stamp }, fold(template, history));
      if (isRejection(decided)) throw new Error(decided.rejected);
      expect(fold(template, [...history, ...decided]).status).toBe(templateMoves[status][type]);
    },
  );

  test.each(pairs.filter(([status, type]) => !templateMoves[status][type]))('%s refuses %s', (_, __, history, each) =>
    expect(template.decide({ ...each, stamp }, fold(template, history))).toMatchObject({
      rejected: expect.stringMatching(/^[a-z-]+$/) as string,
    }),
  );
});
