import type { FileMap } from './data';

// The map with other columns for one field; what else the map says of the field stays, and none takes the field out.
export function withColumns(map: FileMap, field: string, columns: string[]): FileMap {
  const others = map.fields.filter((entry) => entry.field !== field);
  const before = map.fields.find((entry) => entry.field === field);
  if (columns.length === 0) return { ...map, fields: others };
  return { ...map, fields: [...others, { ...before, field, columns }] };
}
