// The rubrics in force, and what their parts are called.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

import { get } from '../../../api/client';
import type { Rubric, RubricDimension, RubricGuidance, RubricItem } from '../../../api/schema';
import { useLabel } from '../../../shell/label';
import type { Gravity } from '../../../shell/Mark';

const minuteMs = 60_000;

// A rubric changes with the regulation: once a month at most.
export function useRubrics() {
  return useQuery({ queryKey: ['rubrics'], queryFn: ({ signal }) => get<Rubric[]>('/quality/rubrics', signal), staleTime: 10 * minuteMs });
}

export const itemsOf = (rubric: Rubric): RubricItem[] => rubric.dimensions.flatMap(({ items }) => items);

// Only what is looked at on that channel; dimensions with nothing of it are left out. No channel: everything.
export const forChannel = (rubric: Rubric, channel: string | undefined): RubricDimension[] =>
  rubric.dimensions
    .map((dimension) => ({ ...dimension, items: dimension.items.filter((item) => channel === undefined || item.channels.includes(channel)) }))
    .filter(({ items }) => items.length > 0);

// How grave a severity is among those of its rubric: the mildest informs, the gravest alarms.
export function gravityOf(rubrics: readonly Rubric[], severity: string): Gravity {
  const ids = rubrics.map(({ severities }) => severities.map(({ id }) => id)).find((all) => all.includes(severity)) ?? [];
  const at = ids.indexOf(severity);
  if (at <= 0) return 'info';
  return at === ids.length - 1 ? 'bad' : 'warn';
}

// What an item, severity or bonus is called, by its id; the id itself where the rubrics in force no longer have it.
export function useRubricWords() {
  const say = useLabel();
  const { data } = useRubrics();
  return useMemo(() => {
    const rubrics = data ?? [];
    const said = (parts: { id: string; label: Rubric['label'] }[], id: string) => {
      const found = parts.find((part) => part.id === id);
      return found ? say(found.label) : id;
    };
    return {
      item: (id: string) => said(rubrics.flatMap(itemsOf), id),
      severity: (id: string) => said(rubrics.flatMap(({ severities }) => severities), id),
      bonus: (id: string) => said(rubrics.flatMap(({ bonuses }) => bonuses), id),
      gravity: (severity: string) => gravityOf(rubrics, severity),
    };
  }, [data, say]);
}

// What closed calibration sessions have taught about the items, newest first.
export function useGuidance() {
  return useQuery({ queryKey: ['guidance'], queryFn: ({ signal }) => get<RubricGuidance[]>('/quality/guidance', signal), staleTime: minuteMs });
}
