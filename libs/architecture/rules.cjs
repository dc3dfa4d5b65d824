const pure = ['event-sourcing', 'contracts', 'canonical', 'policy', 'calendar'];
const spec = '\\.(spec|contract)\\.ts$';

module.exports = {
  forbidden: [
    {
      name: 'event-sourcing-imports-nothing',
      severity: 'error',
      from: { path: '^libs/event-sourcing/src/', pathNot: spec },
      to: { pathNot: '^libs/event-sourcing/src/' },
    },
    {
      name: 'contracts-import-only-the-kernel-and-schemas',
      severity: 'error',
      from: { path: '^libs/contracts/src/', pathNot: spec },
      to: { pathNot: ['^libs/(event-sourcing|contracts)/src/', 'node_modules/typebox/'] },
    },
    {
      name: 'domain-and-processes-are-pure',
      severity: 'error',
      from: { path: '^services/[^/]+/src/(domain|processes)/', pathNot: spec },
      to: { pathNot: ['^services/[^/]+/src/(domain|processes)/', `^libs/(${pure.join('|')})/src/`] },
    },
    {
      name: 'kafkajs-only-in-relay-and-consumers',
      severity: 'error',
      from: { pathNot: '^libs/(relay|consumers)/' },
      to: { path: 'node_modules/kafkajs' },
    },
    {
      name: 'typeorm-only-in-read-module-and-service',
      severity: 'error',
      from: { path: '^(libs|services)/', pathNot: ['^libs/service/', '^services/[^/]+/src/(read/|module\\.ts$)'] },
      to: { path: 'node_modules/typeorm' },
    },
    {
      name: 'libs-do-not-import-services',
      severity: 'error',
      from: { path: '^libs/', pathNot: '^libs/architecture/' },
      to: { path: '^services/' },
    },
    {
      name: 'services-meet-only-in-contracts',
      severity: 'error',
      from: { path: '^services/([^/]+)/', pathNot: '^services/standalone/' },
      to: { path: '^services/', pathNot: '^services/$1/' },
    },
    {
      name: 'read-side-does-not-decide',
      severity: 'error',
      from: { path: '^services/[^/]+/src/read/' },
      to: { path: '^services/[^/]+/src/domain/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['/dist/', '^libs/architecture/canary/'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@slipway/source', 'import', 'node', 'default'],
    },
  },
};
