/** What may be asked in which state, and the states that it may lead to. What is not there is refused. */
export type Moves<State extends string, Command extends string> = Readonly<
  Record<State, Readonly<Partial<Record<Command, readonly State[]>>>>
>;

export const isMove = <State extends string, Command extends string>(
  moves: Moves<State, Command>,
  state: State,
  command: Command,
): boolean => moves[state][command] !== undefined;

/** Commands that leave a record in the state that it is in. */
export const staying = <State extends string, Command extends string>(
  state: State,
  ...commands: readonly Command[]
): Partial<Record<Command, readonly State[]>> =>
  Object.fromEntries(commands.map(command => [command, [state]])) as never;
