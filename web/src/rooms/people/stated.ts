import type { Person, State } from './data';

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

// The record that the server is told. A new person begins on the day; somebody known changes from it on.
export function stated(standing: Standing, before: Person | undefined): State {
  const { from, name, group, position, products, phone_ids } = standing;
  const day = (text: string) => text.trim();
  return {
    name: name.trim(),
    group: group.trim(),
    position,
    hired_on: before?.hired_on ?? from,
    ...(day(standing.probation_until) ? { probation_until: day(standing.probation_until) } : {}),
    ...(day(standing.left_on) ? { left_on: day(standing.left_on) } : {}),
    products,
    phone_ids,
    ...(before ? { effective_from: from } : {}),
  };
}
