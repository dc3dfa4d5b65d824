import type { JsonObject } from './client.ts';
import type { Session } from './session.ts';
import { inWords, objectsIn } from './table.ts';

/** Where a change stands, and what it waits for. */
export const changeInWords = (change: JsonObject, paint: Session['paint']): string => {
  const { number, title, state, onHold, contentDigest, closeCode, done } = change;
  const tasks = objectsIn(change, 'tasks');
  const open = tasks.filter(task => task['state'] === 'Open').length;
  const rows: readonly (readonly [string, string])[] = [
    ['state', `${inWords(state)}${onHold === true ? ', on hold' : ''}`],
    ['content', inWords(contentDigest)],
    ['asks for', state === 'Authorize' ? missingIn(change) : ''],
    ['tasks', tasks.length === 0 ? '' : `${open} of ${tasks.length} open`],
    ['closed', inWords(closeCode)],
    ['done', Array.isArray(done) ? inWords(done) || 'nothing: it is like that' : ''],
  ];
  const told = rows.filter(([, value]) => value !== '').map(([name, value]) => `  ${name.padEnd(9)} ${value}\n`);
  return `${paint('bold', inWords(number))} ${inWords(title)}\n${told.join('')}`;
};

const missingIn = (change: JsonObject): string => {
  const approvals = objectsIn(change, 'approvals').filter(each => each['state'] === 'Approved');
  return objectsIn(change, 'slots')
    .map(({ slot, role, count }) => ({
      missing: Number(count) - approvals.filter(each => each['slot'] === slot).length,
      words: `${inWords(slot)} (${inWords(role)})`,
    }))
    .filter(({ missing }) => missing > 0)
    .map(({ missing, words }) => `${missing} × ${words}`)
    .join(', ');
};
