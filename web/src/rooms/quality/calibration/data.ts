// What the pages of calibration ask the server for.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { call, change, get } from '../../../api/client';
import type {
  AgreedReadingInput,
  Calibration,
  CalibrationReading,
  CalibrationReport,
  CalibrationRow,
  InspectionMarks,
  NewCalibrationInput,
} from '../../../api/schema';

const base = '/quality/calibrations';
const pathOf = (number: number) => `${base}/${number}`;

export function useCalibrations() {
  return useQuery({ queryKey: ['calibrations'], queryFn: ({ signal }) => get<CalibrationRow[]>(base, signal) });
}

// One session or what belongs to it; never that of another under its name.
const partOf = <T>(number: number, part: string) => ({
  queryKey: ['calibration', number, part],
  queryFn: ({ signal }: { signal: AbortSignal }) => get<T>(pathOf(number) + part, signal),
  placeholderData: () => undefined,
});
const usePart = <T>(number: number, part: string) => useQuery(partOf<T>(number, part));
const readingsPart = '/readings';

export const useCalibration = (number: number) => usePart<Calibration>(number, '');
export const useReadings = (number: number) => usePart<CalibrationReading[]>(number, readingsPart);
export const useReport = (number: number) => usePart<CalibrationReport>(number, '/report');

// What was read of the session's records, as it is when the page is opened: a draft may go on from another machine.
export const useReadingsAfresh = (number: number) => useQuery({ ...partOf<CalibrationReading[]>(number, readingsPart), refetchOnMount: 'always' });

function useRefresh() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ predicate: ({ queryKey }) => ['calibration', 'calibrations', 'guidance'].includes(String(queryKey[0])) });
}

export function useOpenSession() {
  const refresh = useRefresh();
  return useMutation({ mutationFn: (draft: NewCalibrationInput) => call<Calibration>('POST', base, draft), onSettled: refresh });
}

export function useHandIn(number: number) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ place, marks }: { place: number; marks: InspectionMarks }) => call('PUT', `${pathOf(number)}/records/${place}/reading`, { marks }),
    onSettled: refresh,
  });
}

export function useSaveDraft(number: number, place: number) {
  return useMutation({ mutationFn: (marks: InspectionMarks) => call<undefined>('PUT', `${pathOf(number)}/records/${place}/draft`, { marks }) });
}

// Whoever asks for the readings next is given what was saved.
export function useForgetReadings(number: number) {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: partOf(number, readingsPart).queryKey });
}

export function useAgree(number: number) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ place, reading }: { place: number; reading: AgreedReadingInput }) =>
      change<Calibration>(pathOf(number), 'PUT', `${pathOf(number)}/records/${place}/agreed`, reading),
    onSettled: refresh,
  });
}

export function useSessionStep(number: number) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (step: 'compare' | 'close') => change<Calibration>(pathOf(number), 'POST', `${pathOf(number)}/${step}`),
    onSettled: refresh,
  });
}
