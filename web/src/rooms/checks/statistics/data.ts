// What checks are worth, and whether agents serve everybody alike.
import { useQuery } from '@tanstack/react-query';

import { get } from '../../../api/client';
import type { CheckStatistics, ConsistencyContrast } from '../../../api/schema';
import type { Period } from '../trial/data';

export function useStatistics({ from, to }: Period) {
  return useQuery({
    queryKey: ['check-statistics', from, to],
    queryFn: ({ signal }) => get<CheckStatistics[]>(`/checks/statistics?from=${from}&to=${to}`, signal),
  });
}

export function useConsistency({ from, to }: Period) {
  return useQuery({
    queryKey: ['check-consistency', from, to],
    queryFn: ({ signal }) => get<ConsistencyContrast[]>(`/checks/consistency?from=${from}&to=${to}`, signal),
  });
}
