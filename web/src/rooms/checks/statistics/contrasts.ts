// F3.6's “four sames”, as the statistics have them: for each circumstance everybody together, then agent by agent.
import type { ConsistencyContrast } from '../../../api/schema';

export const circumstances = ['inspected', 'busy', 'known'] as const;
export type Circumstance = (typeof circumstances)[number];

export interface Compared {
  circumstance: Circumstance;
  everybody: ConsistencyContrast | undefined;
  agents: ConsistencyContrast[];
  compared: number; // agents with enough contacts of both kinds
  differing: number; // of these, agents whose service differs
}

export function comparedOf(contrasts: readonly ConsistencyContrast[]): Compared[] {
  return circumstances.map((circumstance) => {
    const all = contrasts.filter((contrast) => contrast.circumstance === circumstance);
    const agents = all.filter(({ staff_no }) => staff_no !== null);
    return {
      circumstance,
      everybody: all.find(({ staff_no }) => staff_no === null),
      agents,
      compared: agents.filter(({ p_value }) => p_value !== null).length,
      differing: agents.filter(({ differs }) => differs).length,
    };
  });
}

export const differenceOf = ({ mean, mean_of_others }: ConsistencyContrast): number | null =>
  mean === null || mean_of_others === null ? null : Number(mean) - Number(mean_of_others);

export type Verdict = 'unknown' | 'same' | 'better' | 'worse';

// In words: better and worse are the service where the circumstance holds, against where it does not.
export function verdictOf(contrast: ConsistencyContrast): Verdict {
  if (contrast.p_value === null) return 'unknown';
  if (!contrast.differs) return 'same';
  return Number(contrast.effect ?? differenceOf(contrast)) > 0 ? 'better' : 'worse';
}

// p-values as people write them: never 0.
export function probability(text: string | null): string {
  if (text === null) return '—';
  const p = Number(text);
  return p < 0.001 ? '< 0.001' : p.toFixed(3);
}

// With a sign that is as wide as a plus.
export const signedText = (text: string) => text.replace(/^-/, '−');
