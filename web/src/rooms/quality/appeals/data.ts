// What the appeals page asks the server for.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { call, get } from '../../../api/client';
import type { Appeal, AppealRulingInput } from '../../../api/schema';

// Those that wait for the one who asks, and the own.
export function useAppeals() {
  return useQuery({ queryKey: ['quality', 'appeals'], queryFn: ({ signal }) => get<Appeal[]>('/quality/appeals', signal) });
}

export function useRule() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (ruling: AppealRulingInput) => call<Appeal[]>('POST', '/quality/appeals/rulings', ruling),
    onSettled: () => queries.invalidateQueries({ queryKey: ['quality'] }),
  });
}

export const nameOf = (appeal: Appeal) => `${appeal.inspection}/${appeal.finding}`;

// Several are decided together where they are about one reading of one item.
export const areOfOneItem = (appeals: readonly Appeal[]) => new Set(appeals.map(({ item }) => item)).size === 1;

// Whose the decision is: of whoever it is assigned to, and in the final round of the supervisor.
export const decides = (appeal: Appeal, own: string | null) =>
  appeal.actions.includes('decide') && (appeal.state === 'filed_again' || appeal.assigned_to === own);
