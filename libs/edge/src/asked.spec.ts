import { stampOf } from '@slipway/event-sourcing';
import { Access } from './access.ts';
import { askedOf } from './asked.ts';

const NOW = '2026-03-02T10:00:00.000Z';
const stamp = stampOf('person-ann', NOW);
const asked = askedOf({
  stamp,
  access: new Access(),
  may: async () => true,
  operation: 'POST /v1/deployments/:id/start',
  target: 'deployment-1',
  clientKey: 'start-1',
  request: 'sha256',
  correlationId: 'correlation-1',
});

describe('at', () => {
  it.each([
    ['long ago', '2020-01-01T00:00:00.000Z', '2020-01-01T00:00:00.000Z'],
    ['a moment ago', '2026-03-02T09:59:59.999Z', '2026-03-02T09:59:59.999Z'],
    ['now, by a clock that is a minute ahead', '2026-03-02T10:01:00.000Z', NOW],
    ['in the future', '2026-03-02T10:01:00.001Z', '2026-03-02T10:01:00.001Z'],
    ['now, when nothing is said', undefined, NOW],
  ])('%s', (_, told, occurredAt) => {
    expect(asked.at(told).stamp).toEqual({ ...stamp, occurredAt });
  });

  it('is the same request by the same asker, and so are its parts', () => {
    const then = asked.at('2026-03-02T09:00:00.000Z');
    expect([then.key, then.access, then.newStream('release')]).toEqual([
      asked.key,
      asked.access,
      asked.newStream('release'),
    ]);
    expect(then.part('second').key).toBe(asked.part('second').key);
    expect(then.part('second').stamp).toEqual(then.stamp);
    expect(then.isNew(asked.newStream('release'))).toBe(true);
  });
});
