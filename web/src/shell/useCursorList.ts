// A list that the server hands out page by page; the filters live in the address, so that a view can be shared.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

import { get } from '../api/client';

interface PageOf<Row> {
  items: Row[];
  next: string | null;
}

// Filters as the address has them; an empty value is no filter.
export function useFilters<Name extends string>(names: readonly Name[]) {
  const [search, setSearch] = useSearchParams();
  const values = useMemo(
    () => Object.fromEntries(names.map((name) => [name, search.get(name) ?? undefined])) as Record<Name, string | undefined>,
    [names, search],
  );
  const set = (changes: Partial<Record<Name, string | undefined>>) =>
    setSearch(
      (now) => {
        const next = new URLSearchParams(now);
        for (const [name, value] of Object.entries(changes) as [Name, string | undefined][]) {
          if (value) next.set(name, value);
          else next.delete(name);
        }
        return next;
      },
      { replace: true },
    );
  return { values, set };
}

export function useCursorList<Row>(path: string, filters: Record<string, string | undefined>, limit = 100, ready = true) {
  const query = useInfiniteQuery({
    queryKey: ['list', path, filters, limit],
    queryFn: ({ pageParam, signal }) => {
      const search = new URLSearchParams({ limit: String(limit) });
      for (const [name, value] of Object.entries(filters)) if (value) search.set(name, value);
      if (pageParam) search.set('cursor', pageParam);
      return get<PageOf<Row>>(`${path}?${search.toString()}`, signal);
    },
    enabled: ready,
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  return { rows, query };
}
