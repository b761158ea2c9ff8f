// What the quality report asks the server for.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { change, get } from '../../../api/client';
import type { QualityReport, QualityReportRow, QualityReportTextInput } from '../../../api/schema';

const pathOf = (month: string) => `/quality/months/${month}/report`;

export const workbookOf = (month: string) => `/api/v1${pathOf(month)}.xlsx`;

export function useReportMonths() {
  return useQuery({ queryKey: ['quality-months'], queryFn: ({ signal }) => get<QualityReportRow[]>('/quality/months', signal) });
}

export function useQualityReport(month: string | undefined) {
  return useQuery({
    queryKey: ['quality-report', month],
    queryFn: ({ signal }) => get<QualityReport>(pathOf(month ?? ''), signal),
    enabled: month !== undefined,
    placeholderData: () => undefined, // never one month under another's name
  });
}

function useRefresh() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ predicate: ({ queryKey }) => ['quality-months', 'quality-report'].includes(String(queryKey[0])) });
}

export function useSaveReport(month: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (text: QualityReportTextInput) => change<QualityReport>(pathOf(month), 'PUT', pathOf(month), text),
    onSuccess: refresh,
  });
}

export type ReportStep = 'submit' | 'approve' | 'send_back';

export function useReportStep(month: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ step, comment }: { step: ReportStep; comment: string }) =>
      change<QualityReport>(pathOf(month), 'POST', `${pathOf(month)}/${step.replace('_', '-')}`, step === 'submit' ? undefined : { comment }),
    onSettled: refresh,
  });
}
