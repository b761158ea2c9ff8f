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

// Whether the reader is to say first, without seeing what was found, what the item looks like.
export const isBlindTo = (appeal: Appeal, own: string | null) => appeal.blind && appeal.blind_reading === null && appeal.assigned_to === own;

// Several are decided together where they are about one reading of one item, and each was read.
export const goTogether = (appeals: readonly Appeal[], own: string | null) =>
  new Set(appeals.map(({ item }) => item)).size === 1 && !appeals.some((appeal) => isBlindTo(appeal, own));

// Whose turn it is: of whoever it is assigned to, first to read it where that is blind, and in the final round of the
// supervisor. The server knows.
export const decides = (appeal: Appeal) => appeal.actions.includes('decide') || appeal.actions.includes('read');
