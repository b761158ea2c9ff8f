// What the pages of plans ask the server for.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { call, change, get } from '../../../api/client';
import type {
  AgentMean,
  InspectionPlan,
  InspectionResult,
  InspectorAbsenceInput,
  MeanComparison,
  NewInspectionPlanInput,
  PlanOutline,
  PlanProgress,
  Sample,
  SampleVerification,
} from '../../../api/schema';

const pathOf = (number: number) => `/quality/plans/${number}`;

export function usePlans() {
  return useQuery({ queryKey: ['plans'], queryFn: ({ signal }) => get<InspectionPlan[]>('/quality/plans', signal) });
}

export function usePlan(number: number | undefined) {
  return useQuery({
    queryKey: ['plan', number],
    queryFn: ({ signal }) => get<InspectionPlan>(pathOf(number ?? 0), signal),
    enabled: number !== undefined,
    placeholderData: () => undefined, // never one plan under another's name
  });
}

export function usePlanProgress(number: number) {
  return useQuery({
    queryKey: ['plan-progress', number],
    queryFn: ({ signal }) => get<PlanProgress>(`${pathOf(number)}/progress`, signal),
    placeholderData: () => undefined,
  });
}

// What a plan of that month can be made of.
export function useOutline(month: string) {
  return useQuery({
    queryKey: ['plan-outline', month],
    queryFn: ({ signal }) => get<PlanOutline>(`/quality/plan-outline?month=${month}`, signal),
  });
}

function useRefresh() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('plan') });
}

// A new plan, or a draft stated anew.
export function useSavePlan(number: number | undefined) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (draft: NewInspectionPlanInput) =>
      number === undefined
        ? call<InspectionPlan>('POST', '/quality/plans', draft)
        : change<InspectionPlan>(pathOf(number), 'PUT', pathOf(number), draft),
    onSettled: refresh,
  });
}

export type PlanStep = 'approve' | 'close' | { draw: number };

export function usePlanStep(number: number) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (step: PlanStep) => {
      const below = typeof step === 'string' ? step : `rounds/${step.draw}/draw`;
      return change<InspectionPlan>(pathOf(number), 'POST', `${pathOf(number)}/${below}`);
    },
    onSettled: refresh,
  });
}

// All that an absent inspector has in hand goes to the others named, or to any other of the plan.
export function useGiveAway(number: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (absence: InspectorAbsenceInput) => call<InspectionResult[]>('POST', `${pathOf(number)}/reassign`, absence),
    onSettled: () => queries.invalidateQueries({ queryKey: ['plan-progress', number] }),
  });
}

const samplePath = (number: number, round: number) => `${pathOf(number)}/rounds/${round}/sample`;

export function useSample(number: number, round: number, enabled: boolean) {
  return useQuery({
    queryKey: ['plan-sample', number, round],
    queryFn: ({ signal }) => get<Sample>(samplePath(number, round), signal),
    enabled,
    placeholderData: () => undefined,
  });
}

// The round redrawn by the server from what it keeps; asked for, because it is work.
export function useVerifySample(number: number, round: number) {
  return useMutation({ mutationFn: () => get<SampleVerification>(`${samplePath(number, round)}/verification`) });
}

// The agents' means over what was published of the plan, best first.
export function useMeans(number: number) {
  return useQuery({
    queryKey: ['plan-means', number],
    queryFn: ({ signal }) => get<AgentMean[]>(`${pathOf(number)}/means`, signal),
    placeholderData: () => undefined,
  });
}

// Whether two agents are told apart by what was inspected of them.
export function useComparison(number: number, pair: readonly [string, string] | undefined) {
  const [first, second] = pair ?? ['', ''];
  return useQuery({
    queryKey: ['plan-means', number, first, second],
    queryFn: ({ signal }) =>
      get<MeanComparison>(`${pathOf(number)}/comparison?first=${encodeURIComponent(first)}&second=${encodeURIComponent(second)}`, signal),
    enabled: pair !== undefined,
    placeholderData: () => undefined, // never one pair's answer under another's names
  });
}
