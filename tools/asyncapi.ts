import { asyncApi } from '@slipway/contracts';
import { writeFileSync } from 'node:fs';
import { stringify } from 'yaml';

// node -C @slipway/source tools/asyncapi.ts: docs/asyncapi.yaml out of the contracts.
const said = '# Made by tools/asyncapi.ts out of libs/contracts.\n';
writeFileSync(
  new URL('../docs/asyncapi.yaml', import.meta.url),
  said + stringify(asyncApi(), { aliasDuplicateObjects: false }),
);
