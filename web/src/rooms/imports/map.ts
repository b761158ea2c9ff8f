// The map of a table while it is being filled in: pure changes, and what the preview's cells say about a column.
import type { ImportMapInput, ImportPreview, MapFieldInfo, MapFieldInput, QueueProductInput } from '../../api/schema';

export const timeFormats = ['%Y-%m-%d %H:%M:%S', '%Y/%m/%d %H:%M:%S', '%Y%m%d%H%M%S', '%d.%m.%Y %H:%M', 'epoch'];
export const durationFormats = ['s', 'ms', 'min', 'mm:ss'];

// What is said of a field, with its lists there even when empty.
export interface Filled extends MapFieldInput {
  columns: string[];
  values: { cell: string; means: string }[];
}

const whole = (entry: MapFieldInput): Filled => ({ ...entry, columns: entry.columns ?? [], values: entry.values ?? [] });

export function filledAs(map: ImportMapInput, field: string): Filled | undefined {
  const entry = map.fields.find((one) => one.field === field);
  return entry && whole(entry);
}

// The map with something else said of one field; what is said besides stays. A field that nothing fills is taken out.
export function withField(map: ImportMapInput, field: string, change: Partial<Filled>): ImportMapInput {
  const after = { ...(filledAs(map, field) ?? whole({ field })), ...change };
  const isFilled = after.columns.length > 0 || Boolean(after.constant);
  const others = map.fields.filter((entry) => entry.field !== field);
  return { ...map, fields: isFilled ? [...others, after] : others };
}

// What a cell of the field's column means; none takes the meaning away.
export function withMeaning(map: ImportMapInput, field: string, cell: string, means: string | undefined): ImportMapInput {
  const values = (filledAs(map, field)?.values ?? []).filter((value) => value.cell !== cell);
  return withField(map, field, { values: means === undefined ? values : [...values, { cell, means }] });
}

// The words that alone may stand in the field; none where any text may.
export const wordsOf = (info: MapFieldInfo): string[] => (info.words === '' ? [] : info.words.split(/,\s*/));

// The different cells the preview shows in these columns, joined as the import joins them.
export function cellsIn(preview: ImportPreview, columns: string[]): string[] {
  const at = columns.map((column) => preview.columns.indexOf(column)).filter((index) => index >= 0);
  const cells = preview.rows.map((row) => at.map((index) => row.cells[index] ?? '').join(' ').trim());
  return [...new Set(cells)].filter((cell) => cell !== '');
}

// The queues in the first rows of a log, with no product yet.
export function queuesIn(preview: ImportPreview): QueueProductInput[] {
  return cellsIn(preview, ['queue'])
    .filter((queue) => queue !== 'NONE')
    .map((queue) => ({ queue, product: '' }));
}
