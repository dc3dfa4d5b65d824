import { execFile, execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startSystem, type System } from './distributed/system.ts';
import { Teller } from './story/teller.ts';

// What others' tools make of a running service: nothing here speaks through a client of ours.

const run = promisify(execFile);
const BUF = fileURLToPath(new URL('../../../node_modules/.bin/buf', import.meta.url));
const withKafka = process.env['KAFKA_BROKERS'] ? describe : describe.skip;

const hasKcat = (): boolean => {
  try {
    execFileSync('kcat', ['-V'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};
const withKcat = hasKcat() ? describe : describe.skip;

withKafka('a running service', () => {
  let system: System;
  let token: string;
  let release: Readonly<Record<string, string>>;

  beforeAll(async () => {
    system = await startSystem({ services: ['relay', 'planning'] });
    token = await system.tokenFor('rita@boutique.example', ['release-manager']);
    const rita = await new Teller({ ...system, say: () => undefined }).as('rita@boutique.example', 'release-manager');
    release = (await rita.does('drafts', '/v1/releases', {
      title: 'Seen by others',
      class: 'minor',
    })) as typeof release;
  });
  afterAll(() => system?.stop());

  const buf = async (...args: string[]): Promise<string> => {
    const url = `http://127.0.0.1:${system.portsOf('planning').grpc}`;
    const [last = '', ...options] = args.toReversed();
    const target = last.startsWith('/') ? [...options.toReversed(), `${url}${last}`] : [...args, url];
    const { stdout } = await run(BUF, ['curl', '--protocol', 'grpc', '--http2-prior-knowledge', ...target]);
    return stdout;
  };

  test('lists its services to buf by reflection', async () => {
    const listed = await buf('--list-services');
    expect(listed.split('\n')).toEqual(
      expect.arrayContaining(['slipway.planning.v1.ReleasesService', 'grpc.health.v1.Health']),
    );
  });

  test('answers a call of buf with a token, and none without', async () => {
    const call = ['-d', JSON.stringify({ id: release['number'] }), '/slipway.planning.v1.ReleasesService/GetRelease'];
    const answer = JSON.parse(await buf('-H', `Authorization: Bearer ${token}`, ...call)) as object;
    expect(JSON.stringify(answer)).toContain('Seen by others');
    await expect(buf(...call)).rejects.toMatchObject({ stderr: expect.stringContaining('unauthenticated') });
  });

  withKcat('and its events', () => {
    test('are read by kcat, with their CloudEvents headers', async () => {
      const { brokers, prefix } = system.broker;
      const format = ['-f', '%k\\n%h\\n%s\\n'];
      const args = [
        '-C',
        '-q',
        '-c',
        '1',
        '-b',
        brokers.join(','),
        '-t',
        `${prefix}.releases`,
        '-o',
        'beginning',
        ...format,
      ];
      const { stdout } = await run('kcat', args);
      const [key, headers = '', value = ''] = stdout.split('\n');
      expect(key).toBe(`release-${release['id']}`);
      expect(headers.split(',')).toEqual(
        expect.arrayContaining([
          'content-type=application/json',
          'ce_specversion=1.0',
          'ce_source=/slipway/planning',
          'ce_type=dev.slipway.release-drafted.v1',
          `ce_subject=release-${release['id']}`,
        ]),
      );
      expect(JSON.parse(value)).toMatchObject({ title: 'Seen by others', class: 'minor' });
    });
  });
});
