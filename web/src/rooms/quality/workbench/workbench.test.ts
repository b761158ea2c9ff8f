import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Problem } from '../../../api/client';
import type { Inspection, InspectionMarks, InspectionResult, Rubric } from '../../../api/schema';
import { addFinding, answer, changeFinding, emptyMarks, putBack, removeBonus, removeFinding, setApplicable, setBonus, withSeverity } from './marks';
import { after, begun, moved, waiting } from './queue';
import { DraftSaver, type Unsaved } from './saver';
import { nameOf } from './useBenchKeys';

vi.mock('../../../shell/i18n', () => ({ currentLanguage: () => 'en' }));

const label = { zh: '', en: '' };
const rubric: Rubric = {
  id: 'service',
  label,
  clause: 'Q3',
  version: '',
  form: 'deduct',
  channels: [],
  full_mark: '100',
  floor: '0',
  severities: [
    { id: 'minor', label, clause: '', low: '1', high: '3', talk: false },
    { id: 'general', label, clause: '', low: '4', high: '6', talk: false },
  ],
  dimensions: [],
  bonuses: [],
};
const weighted: Rubric = { ...rubric, form: 'weighted', severities: [] };
const one = addFinding(emptyMarks, rubric, 'polite', null).marks;

describe('marks', () => {
  it('number findings upwards and begin with the mildest reading', () => {
    const { marks, number } = addFinding(one, rubric, 'process', { of: 'time', turn: 0, from: 0, until: 900 });
    expect(number).toBe(2);
    expect(marks.findings.map(({ number: n, choice, points }) => [n, choice, points])).toEqual([
      [1, 'minor', 1],
      [2, 'minor', 1],
    ]);
    expect(one.findings).toHaveLength(1);
  });
  it('keep the points as near as another severity allows', () => {
    const [finding] = changeFinding(one, 1, { points: 3 }).findings;
    expect(finding && withSeverity(rubric, finding, 'general')).toEqual({ choice: 'general', points: 4 });
    expect(finding && withSeverity(rubric, finding, 'unheard of')).toEqual({});
  });
  it('take a deleted finding back where it stood, or after one that has its number by now', () => {
    const two = addFinding(one, rubric, 'process', null).marks;
    const [first] = two.findings;
    if (!first) throw new Error('there are two');
    const without = removeFinding(two, 1);
    expect(putBack(without, first)).toEqual(two);
    const last = two.findings[1];
    if (!last) throw new Error('there are two');
    const replaced = addFinding(removeFinding(two, 2), rubric, 'handover', null).marks;
    expect(putBack(replaced, last).findings.map(({ number, item }) => [number, item])).toEqual([
      [1, 'polite'],
      [2, 'handover'],
      [3, 'process'],
    ]);
  });
  it('never leave an item both found and not applicable', () => {
    expect(setApplicable(one, rubric, 'polite', false)).toBe(one);
    const off = setApplicable(one, rubric, 'handover', false);
    expect(off.not_applicable).toEqual(['handover']);
    expect(setApplicable(off, rubric, 'handover', true).not_applicable).toEqual([]);
  });
  it('answer an item once, and drop the answer where it does not apply', () => {
    const yes = answer(emptyMarks, 'polite', 'yes');
    const no = answer(yes, 'polite', 'no');
    expect(no.findings.map(({ number, choice, points }) => [number, choice, points])).toEqual([[1, 'no', 0]]);
    const off = setApplicable(no, weighted, 'polite', false);
    expect(off).toEqual({ ...emptyMarks, not_applicable: ['polite'] });
    expect(answer(off, 'polite', 'yes').not_applicable).toEqual([]);
  });
  it('hold each bonus once', () => {
    const given = setBonus(setBonus(emptyMarks, 'rescue', { points: 2 }), 'rescue', { reason: 'calmed an angry caller' });
    expect(given.bonuses).toEqual([{ bonus: 'rescue', points: 2, reason: 'calmed an angry caller' }]);
    expect(removeBonus(given, 'rescue').bonuses).toEqual([]);
  });
});

const row = (key: string, state: InspectionResult['state'] = 'assigned') => ({ key, state }) as InspectionResult;

describe('the queue', () => {
  const queue = [row('a', 'taken'), row('b'), row('c')];
  it('goes on with the next, at its end with the first that is left', () => {
    expect(after(queue, 'a')?.key).toBe('b');
    expect(after(queue, 'c')?.key).toBe('a');
    expect(after([row('a')], 'a')).toBeUndefined();
    expect(after([], undefined)).toBeUndefined();
  });
  it('is walked up and down and ends at its ends', () => {
    expect(moved(queue, 'b', -1)?.key).toBe('a');
    expect(moved(queue, 'a', -1)?.key).toBe('a');
    expect(moved(queue, 'c', 1)?.key).toBe('c');
    expect(moved(queue, 'gone', 1)?.key).toBe('a');
  });
  it('shows what is begun before what waits', () => {
    expect(begun(queue).map(({ key }) => key)).toEqual(['a']);
    expect(waiting(queue).map(({ key }) => key)).toEqual(['b', 'c']);
  });
});

describe('a key press', () => {
  it('has a name', () => {
    const press = (key: string, held = {}) => nameOf({ key, ctrlKey: false, metaKey: false, altKey: false, ...held });
    expect(press(' ')).toBe('Space');
    expect(press('Enter', { metaKey: true })).toBe('Ctrl+Enter');
    expect(press('f', { altKey: true })).toBe('Alt+f');
  });
});

const inspection = (marks: InspectionMarks, actions = ['save']) => ({ marks, actions }) as Inspection;
const refused = (status: number) => new Problem(status, '', `status ${status}`, undefined, [{ pointer: '/findings/0/points', detail: 'too many' }]);

describe('the draft saver', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  const setUp = (send: (marks: InspectionMarks) => Promise<Inspection>, read = () => Promise.resolve(inspection(emptyMarks)), unsaved?: Unsaved) => {
    const kept: (Unsaved | undefined)[] = [];
    const saver = new DraftSaver(emptyMarks, unsaved, { send, read, keep: (value) => kept.push(value), saved: () => undefined });
    saver.start();
    return { saver, kept };
  };

  it('without versions a refusal is said, and nothing is compared', async () => {
    const send = vi.fn(() => Promise.reject(refused(409)));
    const saver = new DraftSaver(emptyMarks, undefined, { send, keep: () => undefined, saved: () => undefined });
    saver.start();
    saver.change(one);
    await vi.advanceTimersByTimeAsync(400);
    expect(saver.now().state).toBe('lost');
    expect(await saver.flush()).toBe(false);
    expect(send).toHaveBeenCalledOnce();
  });
  it('keeps a change on this machine at once and sends the newest after a pause', async () => {
    const send = vi.fn((marks: InspectionMarks) => Promise.resolve(inspection(marks)));
    const { saver, kept } = setUp(send);
    saver.change(one);
    const two = changeFinding(one, 1, { reason: 'x' });
    saver.change(two);
    expect(kept).toEqual([
      { marks: one, base: emptyMarks },
      { marks: two, base: emptyMarks },
    ]);
    expect(saver.now().state).toBe('waiting');
    await vi.runAllTimersAsync();
    expect(send.mock.calls).toEqual([[two]]);
    expect(saver.now().state).toBe('saved');
    expect(kept.at(-1)).toBeUndefined();
  });

  it('sends what was typed while it was sending, one request at a time', async () => {
    const answers: ((inspection: Inspection) => void)[] = [];
    const send = vi.fn<(marks: InspectionMarks) => Promise<Inspection>>(() => new Promise((done) => answers.push(done)));
    const { saver } = setUp(send);
    saver.change(one);
    await vi.advanceTimersByTimeAsync(1000);
    const two = changeFinding(one, 1, { reason: 'x' });
    saver.change(two);
    await vi.advanceTimersByTimeAsync(1000);
    expect(send).toHaveBeenCalledTimes(1);
    answers[0]?.(inspection(one));
    await vi.advanceTimersByTimeAsync(1000);
    expect(send.mock.calls.at(-1)).toEqual([two]);
    answers[1]?.(inspection(two));
    await vi.advanceTimersByTimeAsync(0);
    expect(saver.now().state).toBe('saved');
  });

  it('tries again until the server is back', async () => {
    const send = vi.fn((marks: InspectionMarks) => Promise.resolve(inspection(marks)));
    send.mockRejectedValueOnce(refused(0)).mockRejectedValueOnce(refused(503));
    const { saver, kept } = setUp(send);
    saver.change(one);
    await vi.advanceTimersByTimeAsync(500);
    expect(saver.now().state).toBe('offline');
    expect(kept.at(-1)).toEqual({ marks: one, base: emptyMarks });
    await vi.runAllTimersAsync();
    expect(saver.now().state).toBe('saved');
    expect(send).toHaveBeenCalledTimes(3);
  });

  it('is saved when only the answer got lost: the server has the very same', async () => {
    const { saver, kept } = setUp(
      () => Promise.reject(refused(412)),
      () => Promise.resolve(inspection(one)),
    );
    saver.change(one);
    await vi.runAllTimersAsync();
    expect(saver.now().state).toBe('saved');
    expect(kept.at(-1)).toBeUndefined();
  });

  it('asks which to keep when another window has changed it, and does as told', async () => {
    const others = changeFinding(one, 1, { reason: 'the other window' });
    const send = vi.fn((marks: InspectionMarks) => Promise.resolve(inspection(marks)));
    send.mockRejectedValueOnce(refused(412)).mockRejectedValueOnce(refused(412));
    const { saver } = setUp(send, () => Promise.resolve(inspection(others)));
    saver.change(one);
    await vi.runAllTimersAsync();
    expect(saver.now()).toMatchObject({ state: 'conflict', marks: one, theirs: others });
    saver.settle(false);
    expect(saver.now()).toMatchObject({ state: 'saved', marks: others });
    saver.change(one);
    await vi.runAllTimersAsync();
    saver.settle(true);
    await vi.runAllTimersAsync();
    expect(saver.now()).toMatchObject({ state: 'saved', marks: one });
  });

  it('stops when the inspection has gone to somebody else, and keeps what was typed', async () => {
    const { saver, kept } = setUp(() => Promise.reject(refused(404)));
    saver.change(one);
    await vi.runAllTimersAsync();
    expect(saver.now()).toMatchObject({ state: 'lost', marks: one });
    saver.change(emptyMarks);
    await vi.runAllTimersAsync();
    expect(saver.now().state).toBe('lost');
    expect(kept.at(-1)).toBeDefined();
    await expect(saver.flush()).resolves.toBe(false);
  });

  it('says what the server does not accept, until it is changed', async () => {
    const send = vi.fn((marks: InspectionMarks) => Promise.resolve(inspection(marks)));
    send.mockRejectedValueOnce(refused(422));
    const { saver } = setUp(send);
    saver.change(one);
    await expect(saver.flush()).resolves.toBe(false);
    expect(saver.now()).toMatchObject({ state: 'refused', problem: 'status 422', faults: [{ detail: 'too many' }] });
    saver.change(emptyMarks);
    expect(saver.now().faults).toEqual([]);
    await expect(saver.flush()).resolves.toBe(true);
  });

  it('takes up what a closed window left behind, unless the server has moved on', async () => {
    const send = vi.fn((marks: InspectionMarks) => Promise.resolve(inspection(marks)));
    const { saver } = setUp(send, undefined, { marks: one, base: emptyMarks });
    expect(saver.now().marks).toEqual(one);
    await vi.runAllTimersAsync();
    expect(send.mock.calls).toEqual([[one]]);
    const other = setUp(send, undefined, { marks: one, base: changeFinding(one, 1, { points: 3 }) });
    expect(other.saver.now()).toMatchObject({ state: 'conflict', marks: one, theirs: emptyMarks });
    const same = setUp(send, undefined, { marks: emptyMarks, base: one });
    expect(same.saver.now().state).toBe('saved');
    expect(same.kept).toEqual([undefined]);
  });
});
