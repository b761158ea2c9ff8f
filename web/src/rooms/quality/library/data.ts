// What the pages of the recording library ask the server for.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { call, change, get } from '../../../api/client';
import type { LibraryDescriptionInput, LibraryEditInput, LibraryEntry, LibraryRow, NewLibraryEntryInput } from '../../../api/schema';

const pathOf = (number: number) => `/library/${number}`;

export const soundOf = (number: number) => `/api/v1${pathOf(number)}/sound`;

export function useLibrary(kind: string | undefined, tag: string | undefined) {
  const search = new URLSearchParams({ ...(kind ? { kind } : {}), ...(tag ? { tag } : {}) }).toString();
  return useQuery({ queryKey: ['library', search], queryFn: ({ signal }) => get<LibraryRow[]>(`/library${search && `?${search}`}`, signal) });
}

export function useLibraryEntry(number: number) {
  return useQuery({
    queryKey: ['library-entry', number],
    queryFn: ({ signal }) => get<LibraryEntry>(pathOf(number), signal),
    placeholderData: () => undefined, // never one record under another's name
  });
}

function useRefresh() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ predicate: ({ queryKey }) => ['library', 'library-entry'].includes(String(queryKey[0])) });
}

export function useAddEntry() {
  const refresh = useRefresh();
  return useMutation({ mutationFn: (entry: NewLibraryEntryInput) => call<LibraryEntry>('POST', '/library', entry), onSettled: refresh });
}

export function useEditEntry(number: number) {
  const refresh = useRefresh();
  return useMutation({ mutationFn: (edit: LibraryEditInput) => change<LibraryEntry>(pathOf(number), 'PUT', pathOf(number), edit), onSuccess: refresh });
}

// Refused for an older version the entry is read anew, so that what was changed meanwhile can be seen.
export function useDescribeEntry(number: number) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (about: LibraryDescriptionInput) => change<LibraryEntry>(pathOf(number), 'PUT', `${pathOf(number)}/about`, about),
    onSettled: refresh,
  });
}

export function useShareEntry(number: number) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (sharing: { sound: boolean } | null) =>
      sharing === null
        ? change<LibraryEntry>(pathOf(number), 'POST', `${pathOf(number)}/withdraw`)
        : change<LibraryEntry>(pathOf(number), 'POST', `${pathOf(number)}/share`, sharing),
    onSettled: refresh,
  });
}
