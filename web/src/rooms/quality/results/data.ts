// What the pages of results ask the server for: results, appeals against them, who may inspect.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { call, get } from '../../../api/client';
import type { Appeal, AppealReviewerInput, FindingReading, InspectionResult } from '../../../api/schema';
import { pathOf } from '../shared/data';

export function useResults(from: string, to: string, staff: string | undefined) {
  const search = new URLSearchParams({ from, to, ...(staff ? { staff_no: staff } : {}) });
  return useQuery({
    queryKey: ['quality', 'results', from, to, staff],
    queryFn: ({ signal }) => get<InspectionResult[]>(`/quality/results?${search.toString()}`, signal),
  });
}

export function useAppealsOf(key: string, needed: boolean) {
  return useQuery({
    queryKey: ['quality', 'appeals', key],
    queryFn: ({ signal }) => get<Appeal[]>(`${pathOf(key)}/appeals`, signal),
    enabled: needed,
    placeholderData: () => undefined,
  });
}

export function useFileAppeal(key: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (appeal: { finding: number; proposed: FindingReading; reason: string }) => call<Appeal>('POST', `${pathOf(key)}/appeals`, appeal),
    onSettled: () => queries.invalidateQueries({ queryKey: ['quality'] }),
  });
}

export type AppealStep =
  | { step: 'again'; body: { reason: string } }
  | { step: 'assign'; body: AppealReviewerInput }
  | { step: 'reading'; body: FindingReading }
  | { step: 'withdraw' };

export function useAppealStep(key: string, finding: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wish: AppealStep) => call<Appeal>('POST', `${pathOf(key)}/appeals/${finding}/${wish.step}`, 'body' in wish ? wish.body : undefined),
    onSettled: () => queries.invalidateQueries({ queryKey: ['quality'] }),
  });
}
