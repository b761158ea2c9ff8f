import type { Person, PersonChange } from './data';

// How somebody stands, as the form has it.
export interface Standing {
  group?: string;
  position: string;
  probation_until?: string;
  left_on?: string;
  products: string[];
  phone_ids: string[];
}

// What of the typed differs from the person as known.
export function changeOf(typed: Standing, before: Person | undefined): PersonChange {
  const change: PersonChange = {};
  if (typed.group !== undefined && typed.group !== (before?.group ?? '')) change.group = typed.group;
  if (typed.position !== before?.position) change.position = typed.position;
  for (const name of ['probation_until', 'left_on'] as const) {
    const text = typed[name]?.trim() || null;
    if (text !== (before?.[name] ?? null)) change[name] = text;
  }
  for (const name of ['products', 'phone_ids'] as const) {
    if (typed[name].join('\n') !== (before?.[name] ?? []).join('\n')) change[name] = typed[name];
  }
  return change;
}
