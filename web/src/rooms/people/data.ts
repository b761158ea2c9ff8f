// What the people pages ask the server for.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { call, get } from '../../api/client';
import type { NewPersonInput, Person, PersonChangeInput, Position, Unit, UnitList } from '../../api/schema';

export const positions: readonly Position[] = ['agent', 'shift_leader', 'inspector', 'supervisor', 'trainer', 'manager', 'hr', 'office', 'admin'];

const pathOf = (staff: string) => `/people/${encodeURIComponent(staff)}`;

export function usePerson(staff: string | undefined) {
  return useQuery({
    queryKey: ['person', staff],
    queryFn: ({ signal }) => get<Person>(pathOf(staff ?? ''), signal),
    enabled: staff !== undefined,
    placeholderData: () => undefined,
  });
}

const isOfPeople = ({ queryKey }: { queryKey: readonly unknown[] }) =>
  ['person', 'month', 'sheet', 'why', 'unknown', 'groups', 'entry-people'].includes(String(queryKey[0])) || queryKey[1] === '/people';

export function useChangePerson(staff: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: PersonChangeInput) => call('PATCH', pathOf(staff), change),
    onSuccess: () => queries.invalidateQueries({ predicate: isOfPeople }),
  });
}

export function useAddPerson() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (person: NewPersonInput) => call('POST', '/people', person),
    onSuccess: () => queries.invalidateQueries({ predicate: isOfPeople }),
  });
}

export function useUnits() {
  return useQuery({ queryKey: ['groups'], queryFn: ({ signal }) => get<UnitList>('/groups', signal) });
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
