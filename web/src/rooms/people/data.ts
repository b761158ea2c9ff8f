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

// A whole record as it is stated from a day on.
export interface State {
  name: string;
  group: string;
  position: string;
  hired_on: string;
  probation_until?: string;
  left_on?: string;
  products: string[];
  phone_ids: string[];
  effective_from?: string;
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
  ['person', 'month', 'sheet', 'why', 'unknown', 'organisation', 'entry-people'].includes(String(queryKey[0])) || queryKey[1] === '/people';

export function useStatePerson(staff: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (state: State) => call('PUT', pathOf(staff), state),
    onSuccess: () => queries.invalidateQueries({ predicate: isOfPeople }),
  });
}

export function useAddPerson() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (person: State & { staff_no: string }) => call('POST', '/people', person),
    onSuccess: () => queries.invalidateQueries({ predicate: isOfPeople }),
  });
}

export interface Group {
  name: string;
  people: number;
  leaders: { staff_no: string; name: string }[];
}

export interface Department {
  name: string;
  groups: Group[];
}

export interface Organisation {
  departments: Department[];
  groups: Group[]; // in no department
}

export function useOrganisation() {
  return useQuery({ queryKey: ['organisation'], queryFn: ({ signal }) => get<Organisation>('/organisation', signal) });
}

export function useStateOrganisation() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (departments: { name: string; groups: string[] }[]) => call('PUT', '/organisation', { departments }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['organisation'] }),
  });
}

export const groupsOf = (organisation: Organisation | undefined): string[] =>
  [...(organisation?.departments.flatMap((department) => department.groups) ?? []), ...(organisation?.groups ?? [])]
    .map((group) => group.name)
    .sort();
