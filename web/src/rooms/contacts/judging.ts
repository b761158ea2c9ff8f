// What a model says about a contact: proposals with verified quotes, and how far the asking is.
import { useQuery } from '@tanstack/react-query';

import { get, Problem } from '../../api/client';
import type { ContactJudging, JudgeOpinion, Turn } from '../../api/schema';
import type { Hit } from './findings';

// Null where no model was asked, or for whom it is not to be seen.
export function useJudging(id: string) {
  return useQuery({
    queryKey: ['judging', id],
    queryFn: ({ signal }) =>
      get<ContactJudging>(`/contacts/${encodeURIComponent(id)}/judging`, signal).catch((problem: unknown) => {
        if (problem instanceof Problem && (problem.status === 403 || problem.status === 404)) return null;
        throw problem;
      }),
    placeholderData: () => undefined,
  });
}

export interface Opined {
  opinion: JudgeOpinion;
  hits: Hit[];
}

// What it takes for a fault, its quotes numbered on from `after`, as hits of checks are.
export function opinedOf(opinions: readonly JudgeOpinion[], turns: readonly Turn[], after: number): Opined[] {
  let number = after;
  return opinions
    .filter(({ found, places }) => found && places.length > 0)
    .map((opinion) => ({
      opinion,
      hits: opinion.places.map((place) => {
        const turn = turns[place.turn ?? -1];
        return {
          number: ++number,
          turn: place.turn,
          from: place.from,
          to: place.to,
          start: place.start_ms ?? turn?.start_ms ?? null,
          end: place.end_ms ?? turn?.end_ms ?? null,
        };
      }),
    }));
}
