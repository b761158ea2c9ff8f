import { describe, expect, it } from 'vitest';

import { cellsOf, emptyRow, isFilled, isTouched, normalDay, normalValue, pasted, staffOf, tidied } from './grid';
import { rangesOf } from './range';

const today = '2026-10-31';
const people = [
  { staff_no: '1001', name: '吴芳' },
  { staff_no: '1002', name: '李娜' },
  { staff_no: '1003', name: '李娜' },
];

describe('a block from a spreadsheet', () => {
  it('is rows of cells', () => expect(cellsOf('1001\t95\r\n1002\t88\r\n')).toEqual([['1001', '95'], ['1002', '88']]));
  it('keeps empty cells and a last line without its end', () => expect(cellsOf('1001\t\t3\n1002')).toEqual([['1001', '', '3'], ['1002']]));
  it('keeps quoted breaks, tabs and quotes inside their cell', () => {
    expect(cellsOf('1001\t"first\nsecond"\n1002\t"a ""b""\tc"\n')).toEqual([
      ['1001', 'first\nsecond'],
      ['1002', 'a "b"\tc'],
    ]);
  });
  it('leaves a quote inside a word alone', () => expect(cellsOf('5" screen\tx')).toEqual([['5" screen', 'x']]));
  it('is nothing when empty', () => expect(cellsOf('')).toEqual([]));
});

describe('pasting', () => {
  it('writes over the grid from the cell on and makes rows as needed', () => {
    const rows = pasted([emptyRow(today)], '1001\t2026-10-01\t95\n1002\t2026-10-02\t88\tgood call\n', 0, 'staff_no', today);
    expect(rows).toHaveLength(2);
    expect(rows[1]).toMatchObject({ staff_no: '1002', date: '2026-10-02', value: '88', note: 'good call' });
  });
  it('begins at any column and drops what lies beyond the last', () => {
    const rows = pasted([{ ...emptyRow(today), staff_no: '1001' }], 'note\tref\tlost', 0, 'note', today);
    expect(rows[0]).toEqual({ staff_no: '1001', date: today, value: '', note: 'note', source_ref: 'ref' });
  });
  it('forgets why a row was refused, and joins lines within a cell', () => {
    const rows = pasted([{ ...emptyRow(today), problem: 'too high' }], '"a\n b"', 0, 'note', today);
    expect(rows[0]).toEqual({ ...emptyRow(today), note: 'a b' });
  });
});

describe('what people write', () => {
  it.each([
    ['2026-10-3', '2026-10-03'],
    ['2026/10/03', '2026-10-03'],
    ['20261003', '2026-10-03'],
    ['10-3', '2026-10-03'],
    ['10月3日', '2026-10-03'],
    ['2026年10月3日', '2026-10-03'],
    ['2026.10.3', '2026-10-03'],
    ['yesterday', 'yesterday'],
    ['3', '3'],
    ['', ''],
  ])('day %s', (written, read) => expect(normalDay(written, today)).toBe(read));
  it.each([
    [' 95 ', '95'],
    ['１２．５', '12.5'],
    ['1,250', '1250'],
    ['30分钟', '30'],
    ['-5 分', '-5'],
    ['95%', '95'],
    ['n/a', 'n/a'],
  ])('value %s', (written, read) => expect(normalValue(written)).toBe(read));
  it('finds the person by name, unless several have it', () => {
    expect(staffOf('吴芳', people)).toBe('1001');
    expect(staffOf(' 1002 ', people)).toBe('1002');
    expect(staffOf('李娜', people)).toBe('李娜');
    expect(staffOf('nobody', people)).toBe('nobody');
  });
  it('is tidied as a row', () => {
    expect(tidied({ ...emptyRow('10-3'), staff_no: '吴芳', value: '９５' }, people, today)).toEqual({
      ...emptyRow('2026-10-03'),
      staff_no: '1001',
      value: '95',
    });
  });
});

describe('rows', () => {
  it('are sent once they have a person and something to say', () => {
    expect(isFilled({ ...emptyRow(today), staff_no: '1001' })).toBe(false);
    expect(isFilled({ ...emptyRow(today), staff_no: '1001', note: 'x' })).toBe(true);
  });
  it('are kept as soon as anything is typed', () => {
    expect(isTouched(emptyRow(today))).toBe(false);
    expect(isTouched({ ...emptyRow(today), value: '3' })).toBe(true);
  });
});

describe('the range of a kind', () => {
  it('is written as people do', () => {
    expect(rangesOf('[2, 5]')).toEqual([{ position: '', limits: '2–5', note: '' }]);
    expect(rangesOf('(0, ]; shift_leader [0, 0] full')).toEqual([
      { position: '', limits: '> 0', note: '' },
      { position: 'shift_leader', limits: '0', note: 'full' },
    ]);
    expect(rangesOf('[0.5, 3)')).toEqual([{ position: '', limits: '≥ 0.5, < 3', note: '' }]);
  });
  it('is nothing where everything may stand', () => expect(rangesOf('[, ]')).toEqual([]));
});
