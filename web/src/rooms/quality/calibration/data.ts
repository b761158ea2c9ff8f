// What the pages of calibration ask the server for.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { call, change, get } from '../../../api/client';
import type {
  AgreedReadingInput,
  Calibration,
  CalibrationReading,
  CalibrationReport,
  CalibrationRow,
  InspectionMarksInput,
  NewCalibrationInput,
} from '../../../api/schema';

const base = '/quality/calibrations';
const pathOf = (number: number) => `${base}/${number}`;

export function useCalibrations() {
  return useQuery({ queryKey: ['calibrations'], queryFn: ({ signal }) => get<CalibrationRow[]>(base, signal) });
}

// One session or what belongs to it; never that of another under its name.
function usePart<T>(number: number, part: string, enabled = true) {
  return useQuery({
    queryKey: ['calibration', number, part],
    queryFn: ({ signal }) => get<T>(pathOf(number) + part, signal),
    enabled,
    placeholderData: () => undefined,
  });
}

export const useCalibration = (number: number) => usePart<Calibration>(number, '');
export const useReadings = (number: number) => usePart<CalibrationReading[]>(number, '/readings');
export const useReport = (number: number) => usePart<CalibrationReport>(number, '/report');

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
    mutationFn: ({ place, marks }: { place: number; marks: InspectionMarksInput }) => call('PUT', `${pathOf(number)}/records/${place}/reading`, { marks }),
    onSettled: refresh,
  });
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
