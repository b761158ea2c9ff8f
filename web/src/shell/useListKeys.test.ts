import { describe, expect, it } from 'vitest';

import { stepped } from './useListKeys';

describe('j and k in a list', () => {
  it('enter from the end they come from', () => {
    expect(stepped(undefined, 'j', 3)).toBe(0);
    expect(stepped(undefined, 'k', 3)).toBe(2);
  });
  it('stop at the ends', () => {
    expect(stepped(2, 'j', 3)).toBe(2);
    expect(stepped(0, 'k', 3)).toBe(0);
  });
  it('stand nowhere in an empty list', () => expect(stepped(undefined, 'j', 0)).toBeUndefined());
  it('stay for other keys', () => expect(stepped(1, 'x', 3)).toBe(1));
});
