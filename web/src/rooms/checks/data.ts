// What the pages of checks ask the server for.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { call, change, get } from '../../api/client';
import type { CheckDraft, CheckOperators, Checks } from '../../api/schema';

export function useChecks(enabled = true) {
  return useQuery({ queryKey: ['checks', 'list'], queryFn: ({ signal }) => get<Checks>('/checks', signal), enabled });
}

// What conditions are made of; it changes with the program only.
export function useOperators() {
  return useQuery({ queryKey: ['check-operators'], queryFn: ({ signal }) => get<CheckOperators>('/checks/operators', signal), staleTime: Infinity });
}

// ---- drafts: changes of checks on their way into a new version of the pack

const draftPath = (number: number) => `/checks/drafts/${number}`;

export function useDrafts(enabled = true) {
  return useQuery({ queryKey: ['checks', 'drafts'], queryFn: ({ signal }) => get<CheckDraft[]>('/checks/drafts', signal), enabled });
}

const draftQuery = (number: number) => ({
  queryKey: ['checks', 'draft', number],
  queryFn: ({ signal }: { signal: AbortSignal }) => get<CheckDraft>(draftPath(number), signal),
});

export function useDraft(number: number | undefined) {
  return useQuery({ ...draftQuery(number ?? 0), enabled: number !== undefined, placeholderData: () => undefined });
}

export function useBeginDraft() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (title: string) => call<CheckDraft>('POST', '/checks/drafts', { title }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['checks', 'drafts'] }),
  });
}

export type DraftStep =
  | { step: 'put'; yaml: string }
  | { step: 'remove'; check: string }
  | { step: 'check' }
  | { step: 'consult'; consultation: string }
  | { step: 'publish'; effective_from: string };

function taken(number: number, step: DraftStep): Promise<CheckDraft> {
  const path = draftPath(number);
  switch (step.step) {
    case 'put':
      return change(path, 'PUT', `${path}/checks`, { yaml: step.yaml });
    case 'remove':
      return change(path, 'DELETE', `${path}/checks/${step.check}`);
    case 'check':
      return change(path, 'POST', `${path}/check`);
    case 'consult':
      return change(path, 'POST', `${path}/consult`, { consultation: step.consultation });
    case 'publish':
      return change(path, 'POST', `${path}/publish`, { effective_from: step.effective_from });
  }
}

// A step on the version of the draft that was read last; a draft that was not read yet is read first. Refused (412)
// where somebody else was quicker: then it is read anew, so that one sees what they did.
export function useDraftStep() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ number, ...step }: DraftStep & { number: number }) => {
      if (queries.getQueryData(draftQuery(number).queryKey) === undefined) await queries.query(draftQuery(number));
      return taken(number, step);
    },
    onSuccess: (draft) => queries.setQueryData(draftQuery(draft.number).queryKey, draft),
    onSettled: () => queries.invalidateQueries({ queryKey: ['checks'] }),
  });
}
