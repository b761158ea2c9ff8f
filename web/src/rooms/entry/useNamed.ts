// Who the typed numbers and names are: the first people one may enter about, and anybody else by asking the server.
import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

import { get } from '../../api/client';
import type { Named } from './grid';

interface PageOfPeople {
  items: Named[];
  next: string | null;
}

const listedAtOnce = 200;
const askedAtOnce = 50;
const staleTime = 300_000;

export function useNamed(texts: string[]): Named[] {
  const listed = useQuery({
    queryKey: ['entry-people'],
    queryFn: ({ signal }) => get<PageOfPeople>(`/people?limit=${listedAtOnce}`, signal),
    staleTime,
  });
  const known = useMemo(() => listed.data?.items ?? [], [listed.data]);
  const isThere = (text: string) => known.some(({ staff_no, name }) => staff_no === text || name === text);
  const unknown = listed.data?.next ? [...new Set(texts)].filter((text) => text !== '' && !isThere(text)).slice(0, askedAtOnce) : [];
  const others = useQueries({
    queries: unknown.map((text) => ({
      queryKey: ['entry-people', text],
      queryFn: ({ signal }: { signal: AbortSignal }) => get<PageOfPeople>(`/people?limit=5&q=${encodeURIComponent(text)}`, signal),
      staleTime,
    })),
    combine: (answers) => answers.flatMap(({ data }) => data?.items ?? []),
  });
  return useMemo(() => [...known, ...others], [known, others]);
}
