import { samples } from '@slipway/contracts';
import { specification, stampOf } from '@slipway/event-sourcing';
import { withDetails, withHistory } from '@slipway/records';
import { changeView } from '../read/change.view.ts';
import { changeMoves } from './change-moves.ts';
import { change } from './change.ts';
import { keeping } from './keep-change.ts';

const stamp = stampOf('person-00000000-0000-4000-8000-000000000001', '2026-03-02T09:00:00Z');
const given = specification(withHistory('change', keeping(withDetails('change', change))));
const imported = { type: 'ChangeImported', data: { ...samples['ChangeImported'], ...stamp } };
const commands = [...new Set(Object.values(changeMoves).flatMap(table => Object.keys(table)))];

test.each([...commands, 'KeepChange', 'Comment'])('a change of history refuses %s', type =>
  expect(given(imported as never).when({ type, data: {}, stamp } as never)).toMatchObject({
    rejected: 'record-imported',
  }),
);

test('what decisions are taken on knows nothing of it', () =>
  expect(changeView(undefined, { ...imported, stream: 'change-c1', id: 'e1', version: 1 } as never)).toBeUndefined());
