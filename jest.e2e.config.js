import integration from './jest.int.config.js';

/** The stories: whole systems as processes. */
/** @type {import('jest').Config} */
export default { ...integration, testRegex: '/src/.*\\.e2e\\.spec\\.ts$', testTimeout: 600_000 };
