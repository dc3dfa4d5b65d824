import type { Command } from 'commander';
import { type Column, objectsIn, table } from '../table.ts';
import { addSuccessCriteria } from './success-criteria.ts';
import { tellRows } from './rows.ts';
import { REASON, step, type Steps } from './steps.ts';

const MOVED: readonly Column[] = [
  ['release', 'release'],
  ['outcome', 'outcome'],
  ['state', 'state'],
  ['window', 'window'],
  ['why', 'code'],
  ['detail', 'detail'],
];
const BLOCKERS: readonly Column[] = [
  ['why', 'code'],
  ['detail', 'detail'],
];

/** From the go to the end, and what is in the way. */
export const addReleaseMoves = (steps: Steps): void => {
  steps.command.commandsGroup('Roll out and end:');
  addBlockers(steps);
  step(steps, 'ready', 'give the go: a person, for a release whose changes are authorized', { action: 'go' });
  addMany(steps);
  step(steps, 'withdraw', 'withdraw it after a production start').requiredOption(...REASON);
  step(steps, 'end-support', 'end early life support', { action: 'end-early-life-support' });
  step(steps, 'reopen', 'plan it anew, when nothing is left live', { action: 'reopen-planning' }).requiredOption(
    ...REASON,
  );
  addSuccessCriteria(steps);
  step(steps, 'close', 'close it after its review, as what is live says');
  addNotes(steps);
};

const addMany = ({ command, session, path }: Steps): void => {
  const many = (move: 'hold' | 'resume' | 'cancel', description: string): Command =>
    command
      .command(`${move} <id...>`)
      .description(`${description}; a line for each`)
      .action(async (releases: readonly string[], { reason }: { reason?: string }) => {
        const answer = await session.client().post(`${path}/bulk`, { move, releases, reason });
        await tellRows(session, answer, MOVED);
      });
  many('hold', 'put releases on hold: no go, and no deployment of them').requiredOption(...REASON);
  many('resume', 'take releases off hold');
  many('cancel', 'cancel releases of which nothing was started in production').requiredOption(...REASON);
};

const addBlockers = ({ command, session, path }: Steps): void => {
  command
    .command('blockers <id>')
    .description('what keeps it from being deployed')
    .action(async (id: string) => {
      const blockers = objectsIn(await session.client().get(`${path}/${encodeURIComponent(id)}/blockers`), 'items');
      await session.show(blockers, () =>
        blockers.length === 0 ? 'Nothing that planning knows of.\n' : table(BLOCKERS, blockers),
      );
    });
};

const addNotes = ({ command, session, path }: Steps): void => {
  command
    .command('notes <id>')
    .description('release notes, drafted from scope and commits: Markdown, or --json')
    .action(async (id: string) => {
      const notes = `${path}/${encodeURIComponent(id)}/notes`;
      const client = session.client();
      if (!session.isForMachines) return session.print(await client.text(`${notes}?format=markdown`, 'text/markdown'));
      return session.show(await client.get(notes), () => '');
    });
};
