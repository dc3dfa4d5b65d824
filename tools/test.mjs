// node tools/test.mjs [target …]: installs and builds when that is needed, then runs the tests (by default all but the
// stories: `test` and `test:int`).
import { become, prepare } from './prepare.mjs';

prepare();
become(['-C', '@slipway/source', '--no-warnings', 'tools/test.ts', ...process.argv.slice(2)]);
