import { enumWords } from './grpc-words.ts';

const { worded, enumOf } = enumWords({
  state: ['RELEASE_STATE', ['Draft', 'EarlyLifeSupport']],
  kind: ['CAUSE_KIND', ['not-change-related']],
});

test('values of gRPC are the words of REST, at any depth and in lists', () => {
  const message = { state: 'RELEASE_STATE_EARLY_LIFE_SUPPORT', causes: [{ kind: 'CAUSE_KIND_NOT_CHANGE_RELATED' }] };
  expect(worded(message)).toEqual({ state: 'EarlyLifeSupport', causes: [{ kind: 'not-change-related' }] });
  expect(worded({ kind: ['CAUSE_KIND_NOT_CHANGE_RELATED'] })).toEqual({ kind: ['not-change-related'] });
});

test('what is unspecified is absent; what is unknown stays for the validation to refuse', () => {
  expect(worded({ state: 'RELEASE_STATE_UNSPECIFIED' })).toEqual({ state: null });
  expect(worded({ state: 77, constructor: 'x' })).toEqual({ state: 77, constructor: 'x' });
});

test('words of REST are values of gRPC, and no word is the unspecified one', () => {
  expect(enumOf('state', 'EarlyLifeSupport')).toBe('RELEASE_STATE_EARLY_LIFE_SUPPORT');
  expect(enumOf('kind', 'not-change-related')).toBe('CAUSE_KIND_NOT_CHANGE_RELATED');
  expect(enumOf('state', undefined)).toBe('RELEASE_STATE_UNSPECIFIED');
});
