import type { Json, JsonObject } from './client.ts';
import { WrongUsage } from './failures.ts';

/** The commands that a plan's file comes to, in order. Throws `WrongUsage`. */
export const partsOf = (plan: unknown, file: string): readonly Part[] => {
  if (!isObject(plan)) throw new WrongUsage(`${file} holds no plan: rollbackPlan:, milestones:, phases: …`);
  const names = Object.keys(COMMANDS) as readonly (keyof typeof COMMANDS)[];
  const unknown = Object.keys(plan).find(key => !(names as readonly string[]).includes(key));
  if (unknown !== undefined) throw new WrongUsage(`${file} says ${unknown}, which no plan has: ${names.join(', ')}.`);
  const parts = names.flatMap(name => (plan[name] === undefined ? [] : partOf(name, plan[name], file)));
  if (parts.length === 0) throw new WrongUsage(`${file} plans nothing: it has none of ${names.join(', ')}.`);
  return parts;
};

type Part = readonly [action: string, body: JsonObject];

const partOf = (name: keyof typeof COMMANDS, said: Json, file: string): readonly Part[] => {
  const [action, bodiesIn] = COMMANDS[name];
  const bodies = bodiesIn(said);
  if (!bodies) throw new WrongUsage(`${file} says ${name} in another form than slipway release plan --help shows.`);
  return bodies.map(body => [action, body] as const);
};

type BodiesIn = (said: Json) => readonly JsonObject[] | undefined;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const one: BodiesIn = said => (isObject(said) ? [said] : undefined);
const each: BodiesIn = said => (Array.isArray(said) && said.every(isObject) ? said : undefined);
const whole: BodiesIn = said => (each(said) ? [{ criteria: said }] : undefined);
const named: BodiesIn = said => (typeof said === 'string' ? [{ manager: said }] : undefined);

const COMMANDS = {
  rollbackPlan: ['register-rollback-plan', one],
  milestones: ['plan-milestone', each],
  phases: ['plan-phase', each],
  successCriteria: ['declare-success-criteria', whole],
  manager: ['name-manager', named],
  raci: ['state-raci', one],
} as const satisfies Readonly<Record<string, readonly [action: string, bodiesIn: BodiesIn]>>;
