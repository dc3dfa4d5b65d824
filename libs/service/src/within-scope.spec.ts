import { Access } from '@slipway/edge';
import { type Decider, type Message, reject, specification, stampOf } from '@slipway/event-sourcing';
import { existing } from './existing.ts';
import { type Placing, withinScope } from './within-scope.ts';

type Placed = Message<'Placed', Readonly<{ serviceId: string; environmentId?: string }>>;
type Place = Message<'Place', Placed['data']>;

const rules: Decider<Place, Placed, number> = {
  initialState: 0,
  decide: ({ data }, count) => (count < 3 ? [{ type: 'Placed', data }] : reject('full', 'It is full.')),
  evolve: count => count + 1,
};
const placing: Placing<Placed, readonly Placed['data'][]> = {
  initialState: [],
  evolve: (places, { data }) => [...places, data],
  places: places => places,
};
const access = new Access([{ id: 'g', role: 'deployer', services: ['checkout'], environments: ['staging'] }]);
const given = specification(withinScope(rules as never, placing as never, 'id', access) as typeof rules);

const at = (serviceId: string, environmentId?: string) => ({ serviceId, ...(environmentId && { environmentId }) });
const placed = (...where: Parameters<typeof at>): Placed => ({ type: 'Placed', data: at(...where) });
const place = (...where: Parameters<typeof at>) =>
  ({ type: 'Place', data: at(...where), stamp: stampOf('person-ann') }) as const;

describe('somebody whose grants are limited', () => {
  test('does within them what the rules allow', () => {
    expect(given(placed('checkout')).when(place('checkout', 'staging'))).toEqual([placed('checkout', 'staging')]);
  });

  test('is told what the rules say', () => {
    const full = [placed('checkout'), placed('checkout'), placed('checkout')];
    expect(given(...full).when(place('checkout'))).toMatchObject({ rejected: 'full' });
  });

  test('touches nothing that is outside already, even in part', () => {
    const history = [placed('checkout'), placed('catalog')];
    expect(given(...history).when(place('checkout'))).toMatchObject({ rejected: 'outside-scope' });
  });

  test('moves nothing outside', () => {
    expect(given(placed('checkout')).when(place('checkout', 'production'))).toMatchObject({
      rejected: 'outside-scope',
    });
  });

  test('learns nothing more of what is outside than that it is', () => {
    const full = [placed('catalog'), placed('catalog'), placed('catalog')];
    expect(given(...full).when(place('checkout'))).toMatchObject({ rejected: 'outside-scope' });
  });

  test('is still told that there is nothing', () => {
    const scoped = existing(withinScope(rules as never, placing as never, 'id', access), 'note-1') as never;
    expect(specification(scoped)().when(place('checkout') as never)).toMatchObject({ rejected: 'not-found' });
  });
});
