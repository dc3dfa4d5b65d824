import { type CelInput, celEnv, isCelError, parse, plan } from '@bufbuild/cel';
import { isMessage } from '@bufbuild/protobuf';
import type { CloudEvent } from '@slipway/contracts';
import { LRUCache } from 'lru-cache';

export const LONGEST_EXPRESSION = 1_000;

/** What an expression says of an event; `failed`: nothing that is true or false, and why. */
export type Evaluated = boolean | Readonly<{ failed: string }>;
type Program = (event: CloudEvent) => Evaluated;

const env = celEnv();
const programs = new LRUCache<string, Program>({ max: 1_000 });

/** What is wrong with a CEL expression, in words; undefined when it can be asked. Hostile input. */
export const mistakeIn = (expression: string): string | undefined => {
  if (expression.length > LONGEST_EXPRESSION) return `It is longer than ${LONGEST_EXPRESSION} characters.`;
  try {
    const parsed = parse(expression);
    // One macro in another multiplies what it takes by the length of the event each time.
    if (loopsIn(parsed.expr) > 1) return 'A macro such as exists() must not stand inside another one.';
    const stranger = strangerIn(parsed.expr, KNOWN);
    if (stranger !== undefined) return `There is no ${stranger}: an expression knows \`event\`.`;
    plan(env, parsed);
    return undefined;
  } catch (error) {
    return `It is no CEL expression: ${error instanceof Error ? error.message.slice(0, 300) : 'it cannot be read'}`;
  }
};

/** Asks an expression that `mistakeIn` found nothing wrong with. Never throws. */
export const evaluate = (expression: string, event: CloudEvent): Evaluated => {
  const program = programs.get(expression) ?? programOf(expression);
  programs.set(expression, program);
  return program(event);
};

const programOf = (expression: string): Program => {
  const mistake = mistakeIn(expression);
  if (mistake) return () => ({ failed: mistake });
  const ask = plan(env, parse(expression));
  return event => {
    try {
      const answer = ask({ event: event as CelInput });
      if (typeof answer === 'boolean') return answer;
      return { failed: isCelError(answer) ? answer.message.slice(0, 300) : 'It is neither true nor false.' };
    } catch (error) {
      return { failed: error instanceof Error ? error.message.slice(0, 300) : 'It cannot be evaluated.' };
    }
  };
};

const TYPES = ['bool', 'int', 'uint', 'double', 'string', 'bytes', 'list', 'map', 'null_type', 'type'];
const KNOWN: ReadonlySet<string> = new Set(['event', ...TYPES]);

// The first name that is neither known nor bound by a macro.
const strangerIn = (node: unknown, known: ReadonlySet<string>): string | undefined => {
  if (typeof node !== 'object' || node === null) return undefined;
  if (isMessage(node) && node.$typeName === 'cel.expr.Expr.Ident') {
    const { name } = node as unknown as { name: string };
    return known.has(name) ? undefined : name;
  }
  const { iterVar, accuVar } = node as Readonly<{ iterVar?: string; accuVar?: string }>;
  const inside = iterVar && accuVar ? new Set([...known, iterVar, accuVar]) : known;
  for (const child of Object.values(node)) {
    const stranger = strangerIn(child, inside);
    if (stranger !== undefined) return stranger;
  }
  return undefined;
};

// How deep comprehensions, which is what macros are expanded to, stand in one another.
const loopsIn = (node: unknown): number => {
  if (typeof node !== 'object' || node === null) return 0;
  const own = isMessage(node) && node.$typeName === 'cel.expr.Expr.Comprehension' ? 1 : 0;
  return own + Object.values(node).reduce<number>((most, child) => Math.max(most, loopsIn(child)), 0);
};
