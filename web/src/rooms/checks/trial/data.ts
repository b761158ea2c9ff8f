// A check tried on stored contacts, as a job of the server.
import { useMutation, useQuery } from '@tanstack/react-query';

import { call, get } from '../../../api/client';
import type { CheckTrial, CheckTrialStarted } from '../../../api/schema';

export interface Period {
  from: string;
  to: string;
}

export function useStartTrial() {
  return useMutation({ mutationFn: (order: Period & { yaml: string }) => call<CheckTrialStarted>('POST', '/checks/last-month', order) });
}

const againMs = 1000;
const isOver = (trial: CheckTrial | undefined) => trial?.result !== null || trial.problem !== null;

// Asked again and again until it is over.
export function useTrial(job: string | undefined) {
  return useQuery({
    queryKey: ['check-trial', job],
    queryFn: ({ signal }) => get<CheckTrial>(`/checks/trials/${job ?? ''}`, signal),
    enabled: job !== undefined,
    refetchInterval: ({ state: { data, error } }) => (error !== null || (data !== undefined && isOver(data)) ? false : againMs),
    placeholderData: () => undefined,
  });
}

// The month before the one that the day is in, first and last day.
export function monthBefore(day: Date): Period {
  const written = (date: Date) => date.toISOString().slice(0, 10);
  const [year, month] = [day.getFullYear(), day.getMonth()];
  return { from: written(new Date(Date.UTC(year, month - 1, 1))), to: written(new Date(Date.UTC(year, month, 0))) };
}
