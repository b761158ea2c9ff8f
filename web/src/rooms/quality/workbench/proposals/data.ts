import { useQuery } from '@tanstack/react-query';

import { get } from '../../../../api/client';
import type { FindingProposal } from '../../../../api/schema';
import { pathOf } from '../../shared/data';

// What the machine proposes about an inspection's record.
export function useProposals(key: string) {
  return useQuery({
    queryKey: ['quality', 'proposals', key],
    queryFn: ({ signal }) => get<FindingProposal[]>(`${pathOf(key)}/proposals`, signal),
    placeholderData: () => undefined,
  });
}
