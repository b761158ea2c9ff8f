import { describe, expect, it } from 'vitest';

import type { ImportMapInput, ImportPreview, MapFieldInfo } from '../../api/schema';
import { guessedKind } from './data';
import { cellsIn, filledAs, queuesIn, withField, withMeaning, wordsOf } from './map';

describe('what a file probably is', () => {
  it.each([
    ['queue_log', 'queue-log'],
    ['queue_log-2026-10.txt', 'queue-log'],
    ['people.csv', 'people'],
    ['人员名单.csv', 'people'],
    ['facts.csv', 'facts'],
    ['Master.csv', 'cdr'],
    ['calls_october.csv', 'csv'],
  ])('%s', (name, kind) => expect(guessedKind(name)).toBe(kind));
});

const preview: ImportPreview = {
  kind: 'csv',
  encoding: 'utf-8',
  columns: ['day', 'time', 'queue', 'state'],
  rows: [
    { line: 2, cells: ['2026-10-01', '09:00', 'sales', '已接听'], problem: null },
    { line: 3, cells: ['2026-10-01', '09:05', 'NONE', '放弃'], problem: null },
    { line: 4, cells: ['2026-10-01', '09:05', 'sales'], problem: 'short' },
  ],
  map: null,
  map_yaml: null,
  problem: null,
};

describe('the map wizard', () => {
  const map: ImportMapInput = {
    delimiter: ';',
    fields: [
      { field: 'offered_at', columns: ['Start'], time: '%Y', values: [] },
      { field: 'outcome', columns: ['state'], values: [{ cell: '放弃', means: 'abandoned' }] },
    ],
  };
  it('changes the columns of a field and keeps what else is said of it', () => {
    expect(filledAs(withField(map, 'offered_at', { columns: ['Day', 'Time'] }), 'offered_at')).toEqual({
      field: 'offered_at',
      columns: ['Day', 'Time'],
      time: '%Y',
      values: [],
    });
  });
  it('takes a field without column and constant out', () => {
    expect(withField(map, 'outcome', { columns: [] }).fields.map((entry) => entry.field)).toEqual(['offered_at']);
    expect(filledAs(withField(map, 'channel', { constant: 'phone' }), 'channel')?.constant).toBe('phone');
  });
  it('adds a field and leaves the rest of the map', () => {
    const changed = withField(map, 'agent', { columns: ['A'] });
    expect(changed.fields).toHaveLength(3);
    expect(changed.delimiter).toBe(';');
  });
  it('says what a cell means, once, and can take it back', () => {
    const changed = withMeaning(withMeaning(map, 'outcome', '已接听', 'answered'), 'outcome', '放弃', 'timeout');
    expect(filledAs(changed, 'outcome')?.values).toEqual([
      { cell: '已接听', means: 'answered' },
      { cell: '放弃', means: 'timeout' },
    ]);
    expect(filledAs(withMeaning(changed, 'outcome', '已接听', undefined), 'outcome')?.values).toEqual([{ cell: '放弃', means: 'timeout' }]);
  });
  it('reads the words of a field', () => {
    const info: MapFieldInfo = { field: 'x', label: { zh: '', en: '' }, required: false, is_time: false, is_duration: false, words: '' };
    expect(wordsOf(info)).toEqual([]);
    expect(wordsOf({ ...info, words: 'answered, abandoned' })).toEqual(['answered', 'abandoned']);
  });
});

describe('what the preview shows of a column', () => {
  it('is each different cell once, columns joined', () => {
    expect(cellsIn(preview, ['day', 'time'])).toEqual(['2026-10-01 09:00', '2026-10-01 09:05']);
    expect(cellsIn(preview, ['state'])).toEqual(['已接听', '放弃']);
    expect(cellsIn(preview, ['missing'])).toEqual([]);
  });
  it('names the queues of a log', () => expect(queuesIn(preview)).toEqual([{ queue: 'sales', product: '' }]));
});
