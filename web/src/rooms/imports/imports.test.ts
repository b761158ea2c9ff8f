import { describe, expect, it } from 'vitest';

import { guessedKind } from './data';
import { withColumns } from './map';

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

describe('the map wizard', () => {
  const map = { delimiter: ';', fields: [{ field: 'offered_at', columns: ['Start'], time: '%Y' }, { field: 'queue', columns: ['Q'] }] };
  it('changes the columns of a field and keeps what else is said of it', () => {
    expect(withColumns(map, 'offered_at', ['Day', 'Time']).fields).toContainEqual({ field: 'offered_at', columns: ['Day', 'Time'], time: '%Y' });
  });
  it('takes a field without columns out', () => expect(withColumns(map, 'queue', []).fields.map((entry) => entry.field)).toEqual(['offered_at']));
  it('adds a field and leaves the rest of the map', () => {
    const changed = withColumns(map, 'agent', ['A']);
    expect(changed.fields).toHaveLength(3);
    expect(changed.delimiter).toBe(';');
  });
});
