import { liveBefore, type TargetView } from './target.view.ts';

const live = (deploymentId: string) => ({ deploymentId, digests: [] });
const lives = (...ids: string[]): TargetView => ({ lives: ids.map(live) });

describe('the content live just before', () => {
  it('is the one before it', () => {
    expect(liveBefore(lives('a', 'b'), 'b')).toEqual({ live: live('a') });
    expect(liveBefore(lives('a', 'b', 'a2'), 'a2')).toEqual({ live: live('b') });
  });

  it('is the one that is live, while it still runs', () => {
    expect(liveBefore({ ...lives('a'), occupant: 'b' }, 'b')).toEqual({ live: live('a') });
  });

  it('is nothing for the first', () => {
    expect(liveBefore(lives('a'), 'a')).toEqual({ none: 'nothing' });
    expect(liveBefore({ ...lives(), occupant: 'a' }, 'a')).toEqual({ none: 'nothing' });
  });

  it('is not asked for one that something else has replaced', () => {
    expect(liveBefore(lives('a', 'b'), 'a')).toEqual({ none: 'superseded' });
    expect(liveBefore(lives('a', 'b'), 'c')).toEqual({ none: 'superseded' });
  });
});
