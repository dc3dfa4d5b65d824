/** How far it is, for who watches; the results go to standard output. */
export const say = (line: string): void => void process.stderr.write(`${line}\n`);
