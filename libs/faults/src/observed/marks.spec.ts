import { type Look, Marks } from './marks.ts';

const WATERMARK = 'watermark of tallies';
const CHECKPOINT = 'checkpoint of relay';

const look = (mark: string, position: number, rest: Partial<Omit<Look, 'positions'>> = {}): Look => ({
  positions: new Map([[mark, position]]),
  written: position,
  flushed: 0,
  life: 'first',
  ...rest,
});
const after = (...looks: readonly Look[]): Marks => {
  const marks = new Marks();
  for (const each of looks) marks.add(each);
  return marks;
};

describe('a mark', () => {
  test('goes forward', () => {
    const { watermarkBackwards, checkpointBackwards } = after(
      look(WATERMARK, 1),
      look(WATERMARK, 2),
      look(CHECKPOINT, 9),
    );
    expect([watermarkBackwards, checkpointBackwards]).toEqual([0, 0]);
  });

  test('that goes back while the server lives is counted, on disk or not', () => {
    expect(after(look(WATERMARK, 2), look(WATERMARK, 1)).watermarkBackwards).toBe(1);
    expect(after(look(CHECKPOINT, 2), look(CHECKPOINT, 1)).checkpointBackwards).toBe(1);
  });

  test('of a view may go back over a crash to what had reached the disk', () => {
    const flushed = look(WATERMARK, 5, { written: 50, flushed: 50 });
    const lost = look(WATERMARK, 9, { written: 90, flushed: 50 });
    expect(after(flushed, lost, look(WATERMARK, 5, { life: 'second' })).watermarkBackwards).toBe(0);
    expect(after(flushed, lost, look(WATERMARK, 4, { life: 'second' })).watermarkBackwards).toBe(1);
  });

  test('of a view stays over a crash once a later look has found it on disk', () => {
    const written = look(WATERMARK, 5, { written: 50, flushed: 40 });
    const later = look(WATERMARK, 6, { written: 60, flushed: 50 });
    expect(after(written, later, look(WATERMARK, 5, { life: 'second' })).watermarkBackwards).toBe(0);
    expect(after(written, later, look(WATERMARK, 4, { life: 'second' })).watermarkBackwards).toBe(1);
  });

  test('of a leader never goes back, not over a crash either', () => {
    const seen = look(CHECKPOINT, 9, { written: 90, flushed: 0 });
    expect(after(seen, look(CHECKPOINT, 8, { life: 'second' })).checkpointBackwards).toBe(1);
  });
});
