import { createHmac } from 'node:crypto';
import type { Mapping } from '../domain/webhook-mapping.ts';
import { deliveryIn, isSigned, readMapped, secretNameOf } from './mapped.ts';
import { NO_COMMIT } from './tool-message.ts';

const NOW = '2026-03-02T10:00:00.000Z';
const mapping: Mapping = {
  name: 'my-tool',
  signature: { header: 'x-signature', prefix: 'v1=', encoding: 'hex' },
  fields: {
    externalId: '/run/id',
    repository: '/run/app',
    environment: '/targets/0/a~1b~0c',
    status: '/run/status',
    occurredAt: '/at',
  },
  statuses: [
    { said: 'DONE', status: 'succeeded' },
    { said: '7', status: 'failed' },
  ],
  only: [{ pointer: '/type', equals: 'deploy' }],
};
const body = {
  type: 'deploy',
  run: { id: 12, app: 'checkout', status: 'DONE' },
  targets: [{ 'a/b~c': 'eu' }],
  at: NOW,
};
const digest = `sha256:${'a'.repeat(64)}`;

describe('a message that a mapping reads', () => {
  it('is a run like any other', () => {
    expect(readMapped(mapping, 3, body, NOW)).toEqual({
      reports: [
        {
          externalId: 'my-tool/12',
          repository: 'checkout',
          environmentAlias: 'eu',
          commit: NO_COMMIT,
          status: 'succeeded',
          occurredAt: NOW,
          startedBy: 'my-tool:webhook',
          mapping: { name: 'my-tool', version: 3 },
        },
      ],
    });
  });

  it('may say what runs, who started it, and when in milliseconds; a number is a word too', () => {
    const fields = { ...mapping.fields, commit: '/sha', digest: '/digest', startedBy: '/by' };
    const said = {
      ...body,
      run: { ...body.run, status: 7 },
      sha: 'c'.repeat(40),
      digest,
      by: 'ann',
      at: 1772445600000,
    };
    expect(readMapped({ ...mapping, fields }, 1, said, NOW)).toMatchObject({
      reports: [
        { status: 'failed', commit: 'c'.repeat(40), digests: [digest], startedBy: 'my-tool:ann', occurredAt: NOW },
      ],
    });
  });

  it('of another type is not used', () => {
    expect(readMapped(mapping, 1, { ...body, type: 'build' }, NOW)).toEqual({ unused: 'my-tool' });
    expect(readMapped(mapping, 1, null, NOW)).toEqual({ unused: 'my-tool' });
  });

  const reading = { ...mapping, fields: { ...mapping.fields, commit: '/sha', digest: '/digest' } };
  it.each([
    ['field-not-there', { ...body, run: {} }],
    ['field-not-there', { ...body, run: { ...body.run, id: {} } }],
    ['field-not-there', { ...body, targets: [] }],
    ['field-not-there', { ...body, run: { ...body.run, app: 'x'.repeat(251) } }],
    ['unknown-state', { ...body, run: { ...body.run, status: 'MELTED' } }],
    ['no-such-instant', { ...body, at: 'yesterday' }],
    ['not-a-commit', { ...body, sha: 'main' }],
    ['not-a-digest', { ...body, digest: 'latest' }],
  ])('has a problem: %s', (problem, said) => {
    expect(readMapped(reading, 1, said, NOW)).toEqual({ problem });
  });

  it('reaches nothing that the message does not have itself', () => {
    const fields = { ...mapping.fields, externalId: '/constructor/name' };
    expect(readMapped({ ...mapping, fields }, 1, body, NOW)).toEqual({ problem: 'field-not-there' });
  });

  it('is the same by its id, by its clock, else by its bytes', () => {
    const bytes = Buffer.from(JSON.stringify(body));
    const { occurredAt: _, ...timeless } = mapping.fields;
    expect(deliveryIn({ ...mapping, fields: { ...mapping.fields, deliveryId: '/run/id' } }, body, bytes)).toBe(
      'my-tool 12',
    );
    expect(deliveryIn(mapping, body, bytes)).toBeUndefined();
    expect(deliveryIn({ ...mapping, fields: timeless }, body, bytes)).toMatch(/^my-tool [0-9a-f]{64}$/);
  });
});

describe('its signature', () => {
  const bytes = Buffer.from('{}');
  const hmac = createHmac('sha256', 'secret').update(bytes);
  const hex = hmac.digest('hex');

  it('is in hex or base64, behind its prefix', () => {
    expect(isSigned(mapping.signature, bytes, 'secret', `v1=${hex}`)).toBe(true);
    const base64 = { header: 'x', prefix: '', encoding: 'base64' } as const;
    expect(isSigned(base64, bytes, 'secret', Buffer.from(hex, 'hex').toString('base64'))).toBe(true);
  });

  it.each([
    ['another', 'other', `v1=${hex}`],
    ['none', '', `v1=${hex}`],
    ['without its prefix', 'secret', hex],
    ['cut', 'secret', `v1=${hex.slice(2)}`],
    ['absent', 'secret', undefined],
  ])('is refused when it is %s', (_, secret, given) => {
    expect(isSigned(mapping.signature, bytes, secret, given)).toBe(false);
  });

  it('has its secret in the environment', () => {
    expect(secretNameOf('my-tool')).toBe('WEBHOOK_SECRET_MY_TOOL');
  });
});
