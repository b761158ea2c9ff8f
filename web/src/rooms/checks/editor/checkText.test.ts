import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { CheckRead } from '../../../api/schema';
import { CheckText } from './checkText';

const problem = { severity: 'error', code: 'x', line: 2, column: 1, place: '', text: { zh: '', en: '' }, mend: { zh: '', en: '' } };
const read = (yaml: string): CheckRead => ({ id: 'a', form: { a: { yaml } }, problems: yaml.includes('bad') ? [problem] : [] });

// A server that answers when it is told to.
function server() {
  const waiting: (() => void)[] = [];
  const later = <T>(answer: () => T) => new Promise<T>((done) => waiting.push(() => done(answer())));
  const kept: string[] = [];
  const ways = {
    read: vi.fn((yaml: string) => later(() => read(yaml))),
    write: vi.fn((form: { body: object }) => later(() => `written ${JSON.stringify(form.body)}`)),
    keep: (yaml: string) => void kept.push(yaml),
  };
  const answer = async () => {
    waiting.shift()?.();
    await vi.advanceTimersByTimeAsync(0);
  };
  return { ways, kept, answer };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const passed = () => vi.advanceTimersByTimeAsync(1000);

describe('a check that is being written', () => {
  it('is read when it is opened', async () => {
    const { ways, answer } = server();
    const text = new CheckText('a: good', ways);
    text.start();
    await passed();
    await answer();
    expect(text.now()).toMatchObject({ yaml: 'a: good', progress: 'settled', problems: [], form: { id: 'a' } });
  });

  it('has the compiler’s problems once one stops typing, and is kept meanwhile', async () => {
    const { ways, kept, answer } = server();
    const text = new CheckText('', ways);
    text.typed('a: b');
    text.typed('a: bad');
    expect(kept).toEqual(['a: b', 'a: bad']);
    await passed();
    expect(ways.read).toHaveBeenCalledTimes(1);
    await answer();
    expect(text.now().problems).toEqual([problem]);
  });

  it('takes no answer to a text that was changed since', async () => {
    const { ways, answer } = server();
    const text = new CheckText('', ways);
    text.typed('a: bad');
    await passed();
    text.typed('a: good');
    await answer(); // to the first
    expect(text.now().progress).toBe('busy');
    await passed();
    await answer();
    expect(text.now()).toMatchObject({ yaml: 'a: good', problems: [], progress: 'settled' });
  });

  it('is written from the form, which stays as it is filled in', async () => {
    const { ways, answer } = server();
    const text = new CheckText('', ways);
    const form = { id: 'a', body: { phrases: [] } };
    text.filled(form);
    expect(text.now().form).toBe(form);
    await passed();
    await answer(); // written
    await answer(); // read
    expect(text.now()).toMatchObject({ yaml: 'written {"phrases":[]}', form, progress: 'settled' });
  });

  it('says when the server is not there, and tries again with the next change', async () => {
    const { ways } = server();
    ways.read.mockRejectedValueOnce(new Error('not there'));
    const text = new CheckText('', ways);
    text.typed('a: b');
    await passed();
    expect(text.now()).toMatchObject({ yaml: 'a: b', progress: 'failed', failure: 'not there' });
  });
});
