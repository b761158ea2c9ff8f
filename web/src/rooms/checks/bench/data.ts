// What the bench asks the server: the check as it is written, of a dialogue or of a stored contact.
import { useQuery } from '@tanstack/react-query';

import { call } from '../../../api/client';
import type { BenchCondition, BenchFieldInput, BenchMeasureInput, BenchResult, BenchTurnInput } from '../../../api/schema';

export type Asked =
  | { contact: string }
  | { turns: BenchTurnInput[]; channel: string; measures: BenchMeasureInput[]; fields: BenchFieldInput[] };

// The last answer stays while the next one is on its way.
export function useBench(yaml: string, asked: Asked | undefined, ready: boolean) {
  return useQuery({
    queryKey: ['bench', yaml, asked],
    queryFn: ({ signal }) => call<BenchResult>('POST', '/checks/trial', { yaml, ...asked }, signal),
    enabled: ready && asked !== undefined,
    retry: false,
    staleTime: Infinity,
    placeholderData: (before) => before,
  });
}

export type Place = BenchCondition['places'][number];
