import { samples } from '@slipway/contracts';
import { specification, stampOf } from '@slipway/event-sourcing';
import { withDetails, withHistory } from '@slipway/records';
import { MOVES } from './deployment-moves.ts';
import { deployment } from './deployment.ts';

const stamp = stampOf('person-00000000-0000-4000-8000-000000000001', '2026-03-02T09:00:00Z');
const given = specification(
  withHistory('deployment', withDetails('deployment', deployment), { copied: ['production'] }),
);
const imported = { type: 'DeploymentImported', data: { ...samples['DeploymentImported'], ...stamp } };
const commands = [...new Set(Object.values(MOVES).flatMap(moves => Object.keys(moves)))];

test.each(commands)('a deployment of history refuses %s', type =>
  expect(given(imported as never).when({ type, data: {}, stamp } as never)).toMatchObject({
    rejected: 'record-imported',
  }),
);

test('it may have become a production environment since: that is no other row', () => {
  const { actor: _, ...facts } = { ...samples['DeploymentImported'], production: false } as Record<string, unknown>;
  const command = { type: 'ImportRecord', data: { facts, correct: false }, stamp };
  expect(given(imported as never).when(command as never)).toEqual([]);
});
