import { isOwn, type TemplateEvent } from '@slipway/contracts';
import { type Decider, type Decision, type Message, reject, type Stamped } from '@slipway/event-sourcing';

type DataOf<Type extends TemplateEvent['type']> = Extract<TemplateEvent, { type: Type }>['data'];

export type CreateTemplate = Message<
  'CreateTemplate',
  Pick<DataOf<'TemplateCreated'>, 'title' | 'owner' | 'audience' | 'description' | 'subject' | 'text'>
>;
export type ReviseTemplate = Message<'ReviseTemplate', Pick<DataOf<'TemplateRevised'>, 'subject' | 'text'>>;
export type RetireTemplate = Message<'RetireTemplate', { reason?: string }>;
export type TemplateCommand = CreateTemplate | ReviseTemplate | RetireTemplate;

export type TemplateStatus = 'None' | 'Current' | 'Retired';
export type Template = Readonly<{ status: TemplateStatus; revision: number; subject: string; text: string }>;
export type TemplateRefusal = 'template-exists' | 'no-template' | 'template-retired';

/** What is allowed in which state, and the state that it leads to. */
export const templateMoves: Readonly<Record<TemplateStatus, Partial<Record<TemplateCommand['type'], TemplateStatus>>>> =
  {
    None: { CreateTemplate: 'Current' },
    Current: { ReviseTemplate: 'Current', RetireTemplate: 'Retired' },
    Retired: { RetireTemplate: 'Retired' },
  };

const refusalOf = ({ status }: Template) => {
  if (status === 'None') return reject('no-template', 'There is no such template.');
  if (status === 'Retired') return reject('template-retired', 'It was retired; create another one.');
  return reject('template-exists', 'This template was created before.');
};

const decide = (command: Stamped<TemplateCommand>, state: Template): Decision<TemplateEvent, TemplateRefusal> => {
  if (!templateMoves[state.status][command.type]) return refusalOf(state);
  const { stamp } = command;
  switch (command.type) {
    case 'CreateTemplate':
      return [{ type: 'TemplateCreated', data: { ...stamp, ...command.data, revision: 1 } }];
    case 'ReviseTemplate': {
      const { subject, text } = command.data;
      if (subject === state.subject && text === state.text) return [];
      return [{ type: 'TemplateRevised', data: { ...stamp, subject, text, revision: state.revision + 1 } }];
    }
    case 'RetireTemplate':
      return state.status === 'Retired' ? [] : [{ type: 'TemplateRetired', data: { ...stamp, ...command.data } }];
  }
};

const evolve = (state: Template, event: TemplateEvent): Template => {
  if (!isOwn(event)) return state;
  if (event.type === 'TemplateRetired') return { ...state, status: 'Retired' };
  const { revision, subject, text } = event.data;
  return { status: 'Current', revision, subject, text };
};

export const template: Decider<TemplateCommand, TemplateEvent, Template, TemplateRefusal> = {
  initialState: { status: 'None', revision: 0, subject: '', text: '' },
  decide,
  evolve,
};
