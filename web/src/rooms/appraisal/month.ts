// What the month page reckons from the month: order, change, bins, movers. The figures themselves are the server's.
import type { MonthListed, MonthPerson, MonthResult } from '../../api/schema';

export function byRank(a: MonthPerson, b: MonthPerson) {
  const rank = (person: MonthPerson) => person.rank ?? Number.MAX_SAFE_INTEGER;
  const total = (person: MonthPerson) => Number(person.scorecard?.total ?? -1);
  return rank(a) - rank(b) || total(b) - total(a) || (a.staff_no < b.staff_no ? -1 : 1);
}

// The month people are busy with: the last one that is over and not closed, else the latest.
export function currentPeriod(months: MonthListed[], today: Date): string | undefined {
  const present = `${today.getFullYear()}-${String(today.getMonth() + 1).padStart(2, '0')}`;
  const sorted = [...months].sort((a, b) => (a.period < b.period ? -1 : 1));
  return (sorted.findLast(({ period, status }) => status === 'open' && period < present) ?? sorted.at(-1))?.period;
}

// By how much everybody's total differs from the month before, where both are known.
export function changes(month: MonthResult): Map<string, number> {
  const before = new Map(month.previous.map(({ staff_no, total }) => [staff_no, Number(total)]));
  return new Map(
    month.people.flatMap((person) => {
      const was = before.get(person.staff_no);
      const total = person.scorecard?.total;
      return was === undefined || !total ? [] : [[person.staff_no, Number(total) - was] as const];
    }),
  );
}

export interface Mover {
  person: MonthPerson;
  by: number;
}

// Those who rose and fell most.
export function movers(month: MonthResult, each: number): { up: Mover[]; down: Mover[] } {
  const by = changes(month);
  const moved = month.people
    .flatMap((person) => {
      const change = by.get(person.staff_no);
      return change === undefined ? [] : [{ person, by: change }];
    })
    .sort((a, b) => b.by - a.by);
  return {
    up: moved.filter((one) => one.by > 0).slice(0, each),
    down: moved
      .filter((one) => one.by < 0)
      .slice(-each)
      .reverse(),
  };
}

export interface Bin {
  from: number;
  to: number;
  count: number;
}

// Totals in bins as wide as it takes to have about a dozen.
export function bins(totals: number[]): Bin[] {
  if (totals.length === 0) return [];
  const low = Math.min(...totals);
  const span = Math.max(...totals) - low;
  const width = [1, 2, 5, 10, 20].find((size) => span / size <= 12) ?? 50;
  const first = Math.floor(low / width) * width;
  const number = Math.floor((low + span - first) / width) + 1;
  return Array.from({ length: number }, (_, at) => {
    const from = first + at * width;
    return { from, to: from + width, count: totals.filter((total) => total >= from && total < from + width).length };
  });
}

// The sum of yuan amounts, added up in fen so that none is lost.
export function sumOfYuan(amounts: string[]): string {
  const fen = amounts.reduce((sum, amount) => sum + Math.round(Number(amount) * 100), 0);
  return (fen / 100).toFixed(2);
}
