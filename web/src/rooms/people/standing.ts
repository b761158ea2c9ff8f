import type { Person, PersonChange } from './data';

// How somebody stands, as the form has it; an empty day is no day.
export interface Standing {
  from: string;
  name: string;
  group: string;
  position: string;
  probation_until: string;
  left_on: string;
  products: string[];
  phone_ids: string[];
}

export const standingOf = (person: Person | undefined, today: string): Standing => ({
  from: today,
  name: person?.name ?? '',
  group: person?.group ?? '',
  position: person?.position ?? 'agent',
  probation_until: person?.probation_until ?? '',
  left_on: person?.left_on ?? '',
  products: person?.products ?? [],
  phone_ids: person?.phone_ids ?? [],
});

// What of it differs from before.
export function changed(standing: Standing, before: Person | undefined): PersonChange {
  const was = standingOf(before, standing.from);
  const change: PersonChange = {};
  for (const name of ['name', 'group', 'position'] as const) {
    const text = standing[name].trim();
    if (text !== was[name] || !before) change[name] = text;
  }
  for (const name of ['probation_until', 'left_on'] as const) {
    const day = standing[name].trim();
    if (day !== was[name]) change[name] = day === '' ? null : day;
  }
  for (const name of ['products', 'phone_ids'] as const) {
    if (standing[name].join('\n') !== was[name].join('\n')) change[name] = standing[name];
  }
  return change;
}
