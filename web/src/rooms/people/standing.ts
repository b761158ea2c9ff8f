import type { NewPersonInput, Person, PersonChangeInput, Position } from '../../api/schema';

// How somebody stands, as the form has it; an empty day is no day.
export interface Standing {
  from: string;
  name: string;
  group: string;
  position: Position;
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

// What of it differs from before, in force from the day it names; null takes away, what is left out stays.
export function changed(standing: Standing, before: Person): PersonChangeInput {
  const was = standingOf(before, standing.from);
  const change: PersonChangeInput = { effective_from: standing.from };
  for (const name of ['name', 'group'] as const) {
    const text = standing[name].trim();
    if (text !== was[name]) change[name] = text;
  }
  if (standing.position !== was.position) change.position = standing.position;
  for (const name of ['probation_until', 'left_on'] as const) {
    const day = standing[name].trim();
    if (day !== was[name]) change[name] = day === '' ? null : day;
  }
  for (const name of ['products', 'phone_ids'] as const) {
    if (standing[name].join('\n') !== was[name].join('\n')) change[name] = standing[name];
  }
  return change;
}

// Somebody who begins on the day it names.
export function newPerson(standing: Standing, staff_no: string): NewPersonInput {
  const { from, name, group, position, probation_until, products, phone_ids } = standing;
  return {
    staff_no: staff_no.trim(),
    name: name.trim(),
    position,
    hired_on: from,
    ...(group.trim() ? { group: group.trim() } : {}),
    ...(probation_until ? { probation_until } : {}),
    products,
    phone_ids,
  };
}
