import { compared, type RunningService } from './comparison.ts';

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const live = (service: string, ...digests: string[]): RunningService => ({
  service,
  serviceId: `id-of-${service}`,
  deploymentId: `deployment-of-${service}`,
  digests,
  since: '2026-03-02T10:00:00.000Z',
  position: 1,
});
const onItsWay: RunningService = { service: 'cart', serviceId: 'id-of-cart', inProgress: 'd', position: 2 };

describe('environments compared', () => {
  it('say of each service whether the same content is live', () => {
    const outcomes = compared(
      [live('checkout', digest('a'), digest('b')), live('search', digest('a')), live('mail', digest('c'))],
      [live('checkout', digest('b'), digest('a')), live('search', digest('b')), live('ads', digest('c'))],
    ).map(({ service, outcome }) => [service, outcome]);
    expect(outcomes).toEqual([
      ['ads', 'only-there'],
      ['checkout', 'same'],
      ['mail', 'only-here'],
      ['search', 'different'],
    ]);
  });

  it('show both sides, since when', () => {
    expect(compared([live('search', digest('a'))], [{ ...live('search', digest('b')), artifactVersion: '2' }])).toEqual(
      [
        {
          service: 'search',
          serviceId: 'id-of-search',
          outcome: 'different',
          here: { deploymentId: 'deployment-of-search', digests: [digest('a')], since: '2026-03-02T10:00:00.000Z' },
          there: {
            deploymentId: 'deployment-of-search',
            digests: [digest('b')],
            artifactVersion: '2',
            since: '2026-03-02T10:00:00.000Z',
          },
        },
      ],
    );
  });

  it('know nothing of what is on its way', () => {
    expect(compared([onItsWay], [live('cart', digest('a'))])).toMatchObject([{ outcome: 'only-there' }]);
    expect(compared([onItsWay], [onItsWay])).toEqual([]);
  });
});
