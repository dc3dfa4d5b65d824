import { serve } from '../../serve.ts';

// The service as it is shipped, in a process that ends with the benchmark. It listens when its module is there.
await import(new URL('../../../../../services/planning/dist/main.js', import.meta.url).href);
serve({}, async () => undefined);
