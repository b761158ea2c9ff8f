// What the people pages ask the server for.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { call, get } from '../../api/client';

export const positions = ['agent', 'shift_leader', 'inspector', 'supervisor', 'trainer', 'manager', 'hr', 'office', 'admin'] as const;
export type Position = (typeof positions)[number];

// As it stands today. What the viewer may not see is not there.
export interface Person {
  staff_no: string;
  name: string;
  group: string;
  position: string;
  hired_on?: string | null;
  left_on?: string | null;
  probation_until?: string | null;
  products?: string[];
  phone_ids?: string[];
}

// How somebody stood from a day on; without the day, from the beginning.
export type Stage = Person & { effective_from: string | null };

export interface PersonWithHistory extends Person {
  history?: Stage[];
}

// What is said of somebody from a day on; null takes away, what is left out stays.
export interface PersonChange {
  name?: string;
  group?: string;
  position?: string;
  probation_until?: string | null;
  left_on?: string | null;
  products?: string[];
  phone_ids?: string[];
}

const pathOf = (staff: string) => `/people/${encodeURIComponent(staff)}`;

export function usePerson(staff: string | undefined) {
  return useQuery({
    queryKey: ['person', staff],
    queryFn: ({ signal }) => get<PersonWithHistory>(pathOf(staff ?? ''), signal),
    enabled: staff !== undefined,
    placeholderData: () => undefined,
  });
}

const isOfPeople = ({ queryKey }: { queryKey: readonly unknown[] }) =>
  ['person', 'month', 'sheet', 'why', 'unknown', 'groups', 'entry-people'].includes(String(queryKey[0])) || queryKey[1] === '/people';

export function useChangePerson(staff: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: PersonChange & { effective_from: string }) => call('PATCH', pathOf(staff), change),
    onSuccess: () => queries.invalidateQueries({ predicate: isOfPeople }),
  });
}

export function useAddPerson() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (person: PersonChange & { staff_no: string; hired_on: string }) => call('POST', '/people', person),
    onSuccess: () => queries.invalidateQueries({ predicate: isOfPeople }),
  });
}

// A department, or a group with the department it is in.
export interface Unit {
  name: string;
  parent: string | null;
  leader: string | null;
  people: number;
}

export function useUnits() {
  return useQuery({ queryKey: ['groups'], queryFn: ({ signal }) => get<{ items: Unit[] }>('/groups', signal) });
}

export function useArrange() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (departments: Arrangement) => call('PUT', '/groups', { departments }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['groups'] }),
  });
}

export type Arrangement = { name: string; groups: string[] }[];

const isDepartment = (unit: Unit, units: Unit[]) => units.some((other) => other.parent === unit.name);

// The groups people can be in.
export const groupsOf = (units: Unit[]): string[] =>
  units
    .filter((unit) => !isDepartment(unit, units))
    .map((unit) => unit.name)
    .sort();

export const arrangementOf = (units: Unit[]): Arrangement =>
  units
    .filter((unit) => isDepartment(unit, units))
    .map(({ name }) => ({ name, groups: units.filter((unit) => unit.parent === name).map((unit) => unit.name) }));
