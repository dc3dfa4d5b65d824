import { chown, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Gives a copy, with all that is in it, to whom the original belongs. */
export const sameOwner = async (original: string, copy: string): Promise<void> => {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = await stat(join(original, 'data'));
  await chown(copy, uid, gid);
  for (const name of await readdir(copy, { recursive: true })) await chown(join(copy, name), uid, gid);
};
