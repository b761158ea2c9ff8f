// What the people pages ask the server for.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { call, get } from '../../api/client';

export const positions = ['agent', 'shift_leader', 'inspector', 'supervisor', 'trainer', 'manager', 'hr', 'office', 'admin'] as const;
export type Position = (typeof positions)[number];

export interface Person {
  staff_no: string;
  name: string;
  group: string | null;
  position: string;
  hired_on: string;
  left_on: string | null;
  probation_until: string | null;
  products: string[];
  phone_ids: string[];
}

export type Stage = Omit<Person, 'staff_no' | 'name' | 'hired_on' | 'left_on'> & { effective_from: string | null };

export interface PersonWithHistory extends Person {
  history: Stage[];
}

export interface PersonChange {
  effective_from?: string;
  name?: string;
  group?: string;
  position?: string;
  hired_on?: string;
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
    mutationFn: (change: PersonChange) => call('PATCH', pathOf(staff), change),
    onSuccess: () => queries.invalidateQueries({ predicate: isOfPeople }),
  });
}

export function useAddPerson() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (person: PersonChange & { staff_no: string }) => call('POST', '/people', person),
    onSuccess: () => queries.invalidateQueries({ predicate: isOfPeople }),
  });
}

export interface Unit {
  name: string;
  parent: string | null;
  leader: string | null;
  people: number;
}

export function useUnits() {
  return useQuery({
    queryKey: ['groups'],
    queryFn: ({ signal }) => get<{ items: Unit[] }>('/groups', signal),
    retry: false,
  });
}
