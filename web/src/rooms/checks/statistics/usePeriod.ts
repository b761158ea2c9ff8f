// The days that statistics are about: in the address, else from the first of last month on.
import { useFilters } from '../../../shell/useCursorList';
import { monthBefore, type Period } from '../trial/data';

const names = ['from', 'to'] as const;
const daysMax = 92;
const dayMs = 86_400_000;

// The server looks at a quarter at most: an earlier beginning gives way to the end.
export function within({ from, to }: Period): Period {
  const earliest = new Date(Date.parse(to) - (daysMax - 1) * dayMs).toISOString().slice(0, 10);
  return { from: from < earliest ? earliest : from, to };
}

export function usePeriod() {
  const { values, set } = useFilters(names);
  const now = new Date();
  const today = new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())).toISOString().slice(0, 10);
  const period: Period = { from: values.from ?? monthBefore(now).from, to: values.to ?? today };
  return { period, set: (chosen: Period) => set(within(chosen)) };
}
