import { type Client, type TestService, testService } from '@slipway/service/testing';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { catalog } from '../module.ts';

const CLI = fileURLToPath(new URL('../../../cli/src/main.ts', import.meta.url));

const YAML = `
services:
  - name: checkout
    title: Checkout
    ownerTeam: payments
    criticality: high
    dependencies: [{ service: cart, kind: service }]
  - { name: cart, title: Cart, ownerTeam: shop, criticality: CRITICALITY }
people:
  - { name: Ann, email: ann@example.org, accounts: ['github:ann'] }
roleGrants:
  - { person: ann@example.org, role: change-approver, services: [checkout], from: 2026-01-01T00:00:00Z }
`;

let slipway: TestService;
let admin: Client;
let directory: string;

beforeAll(async () => {
  slipway = await testService(catalog);
  admin = await slipway.as('admin@example.org', 'administrator');
  directory = await mkdtemp(join(tmpdir(), 'slipway-apply-'));
});
afterAll(async () => {
  await slipway.stop();
  await rm(directory, { recursive: true });
});

/** The command as a person runs it: a process of its own. */
const run = (...words: string[]): Promise<{ exitCode: number | string | null | undefined; out: string; err: string }> =>
  new Promise(resolve => {
    const { FORCE_COLOR: _, ...inherited } = process.env; // what runs the tests may want colors
    const env = { ...inherited, SLIPWAY_URL: slipway.url, SLIPWAY_TOKEN: admin.token, NODE_NO_WARNINGS: '1' };
    execFile(process.execPath, ['-C', '@slipway/source', CLI, ...words], { env }, (error, out, err) =>
      resolve({ exitCode: error ? error.code : 0, out, err }),
    );
  });

const apply = async (criticality: string, ...more: string[]) => {
  const file = join(directory, 'catalog.yaml');
  await writeFile(file, YAML.replace('CRITICALITY', criticality));
  return run('apply', '-f', file, ...more);
};

test('a YAML file is applied: first shown, then done, then nothing is left to do', async () => {
  const added =
    '+ service checkout\n+ service cart\n+ person Ann\n+ role-grant change-approver for ann@example.org\n4 added, 0 unchanged';
  expect(await apply('low', '--dry-run')).toEqual({
    exitCode: 0,
    out: `${added} (dry run: nothing was written)\n`,
    err: '',
  });
  expect(await apply('low')).toEqual({ exitCode: 0, out: `${added}\n`, err: '' });
  expect(await apply('low')).toEqual({ exitCode: 0, out: '4 unchanged\n', err: '' });
  expect(await apply('medium')).toEqual({
    exitCode: 0,
    out: '~ service cart\n    criticality: low -> medium\n1 changed, 3 unchanged\n',
    err: '',
  });
  expect((await admin.get('/v1/services/cart').expect(200)).body.criticality).toBe('medium');
});

test('what is exported is applied without a difference; what is taken out of it is retired when that is asked for', async () => {
  await slipway.caughtUp();
  const { exitCode, out } = await run('export');
  expect([exitCode, out]).toEqual([0, expect.stringContaining('- name: checkout')]);
  const folder = join(directory, 'exported');
  await mkdir(folder);
  await writeFile(join(folder, 'catalog.yaml'), out);
  expect(await run('apply', '-f', folder, '--prune')).toEqual({ exitCode: 0, out: '4 unchanged\n', err: '' });
  await writeFile(
    join(folder, 'catalog.yaml'),
    'services: [{ name: cart, title: Cart, ownerTeam: shop, criticality: medium }]',
  );
  expect(await run('apply', '-f', folder)).toMatchObject({ out: '1 unchanged\n' });
  expect(await run('apply', '-f', folder, '--prune', '--reason', 'moved')).toEqual({
    exitCode: 0,
    out: '- service checkout\n1 unchanged, 1 retired\n',
    err: '',
  });
});

test('what is wrong in the file is told by its place, exit 1', async () => {
  const { exitCode, out, err } = await apply('huge');
  expect([exitCode, out]).toEqual([1, '']);
  expect(err).toMatch(/\(invalid-fields\)\n {2}\/services\/1\/criticality: /);
});
