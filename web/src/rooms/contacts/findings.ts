// What automatic checks found in a contact and what they looked for in vain.
import { useQuery } from '@tanstack/react-query';

import { get, Problem } from '../../api/client';
import type { CheckFinding, ContactFindings, Turn } from '../../api/schema';
import type { Span } from './pieces';

// Null for whom it is not to be seen.
export function useFindings(id: string) {
  return useQuery({
    queryKey: ['findings', id],
    queryFn: ({ signal }) =>
      get<ContactFindings>(`/contacts/${encodeURIComponent(id)}/findings`, signal).catch((problem: unknown) => {
        if (problem instanceof Problem && (problem.status === 403 || problem.status === 404)) return null;
        throw problem;
      }),
    placeholderData: () => undefined,
  });
}

// One place at which a check spoke up, numbered in the order in which they are said or heard.
export interface Hit {
  number: number;
  turn: number | null;
  from: number | null;
  to: number | null;
  start: number | null; // milliseconds; of its turn where it has none of its own
  end: number | null;
}

// A check that spoke up, with all its places, or that missed what it requires.
export interface Spoken {
  finding: CheckFinding; // its first
  hits: Hit[]; // none: something is missing
}

const first = -1;
const earlier = (a: CheckFinding, b: CheckFinding) =>
  (a.turn ?? first) - (b.turn ?? first) || (a.start_ms ?? first) - (b.start_ms ?? first) || (a.from ?? first) - (b.from ?? first);

// By check: those that hit something in the order of their first places, then what is missing.
export function spokenOf(findings: readonly CheckFinding[], turns: readonly Turn[]): Spoken[] {
  const hits = findings.filter(({ kind }) => kind === 'hit').sort(earlier);
  const byCheck = new Map<string, Spoken>();
  hits.forEach((finding, at) => {
    const turn = turns[finding.turn ?? -1];
    const hit: Hit = {
      number: at + 1,
      turn: finding.turn,
      from: finding.from,
      to: finding.to,
      start: finding.start_ms ?? turn?.start_ms ?? null,
      end: finding.end_ms ?? turn?.end_ms ?? null,
    };
    const spoken = byCheck.get(finding.check);
    if (spoken) spoken.hits.push(hit);
    else byCheck.set(finding.check, { finding, hits: [hit] });
  });
  const missing = findings.filter(({ kind }) => kind === 'missing').map((finding) => ({ finding, hits: [] }));
  return [...byCheck.values(), ...missing];
}

// What lies on the words of each turn.
export function spansByTurn<F>(spoken: readonly { finding: F; hits: readonly Hit[] }[]): Map<number, (Span & { finding: F })[]> {
  const byTurn = new Map<number, (Span & { finding: F })[]>();
  for (const { finding, hits } of spoken) {
    for (const { number, turn, from, to } of hits) {
      if (turn === null || from === null || to === null) continue;
      const spans = byTurn.get(turn);
      if (spans) spans.push({ number, from, until: to, finding });
      else byTurn.set(turn, [{ number, from, until: to, finding }]);
    }
  }
  return byTurn;
}
