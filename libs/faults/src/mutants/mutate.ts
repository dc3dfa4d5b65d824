import { registerHooks } from 'node:module';
import { mutantNamed } from './all.ts';
import { MUTANT, replaced } from './mutant.ts';

// A part that shall run with a mutant loads this before anything else.
const { replacements = [] } = mutantNamed(process.env[MUTANT] ?? '');

registerHooks({
  load: (url, context, nextLoad) => {
    const loaded = nextLoad(url, context);
    const mine = replacements.filter(({ file }) => url.endsWith(file));
    if (mine.length === 0) return loaded;
    return { ...loaded, source: mine.reduce(replaced, Buffer.from(loaded.source as Uint8Array).toString()) };
  },
});
