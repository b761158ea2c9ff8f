// What the desk itself reckons about a plan: what it will ask of the inspectors, and how far it is.
import type { FieldError } from '../../../api/client';
import type { Estimate, InspectionPlan, InspectionProgress, InspectionRound, NewInspectionPlanInput, PlanOutline } from '../../../api/schema';

export type PlanDraft = NewInspectionPlanInput;
export type DraftRound = PlanDraft['rounds'][number];

const roundOf = ({ round, first_day, last_day, publish_before, per_agent, total }: InspectionRound): DraftRound => ({
  round,
  first_day,
  last_day,
  publish_before,
  per_agent,
  total,
});

export const draftOf = (plan: InspectionPlan): PlanDraft => ({
  month: plan.month,
  title: plan.title,
  groups: plan.groups,
  products: plan.products,
  channels: plan.channels,
  rounds: plan.rounds.map(roundOf),
  inspectors: plan.inspectors,
  signals: plan.signals,
  methods: plan.methods,
  method_note: plan.method_note,
});

export const emptyDraft = (month: string, title: string): PlanDraft => ({
  month,
  title,
  groups: [],
  products: [],
  channels: [],
  rounds: [],
  inspectors: [],
  signals: [],
});

// A draft moved to another month takes that month's rounds, with the numbers of records chosen before.
export function inMonth(draft: PlanDraft, month: string, outline: PlanOutline): PlanDraft {
  const chosen = (round: number) => draft.rounds.find((one) => one.round === round)?.per_agent;
  return {
    ...draft,
    month,
    rounds: outline.rounds.map(roundOf).map((round) => ({ ...round, per_agent: Math.max(round.per_agent, chosen(round.round) ?? 0) })),
  };
}

// "2026-12" from "2026-11-22".
export function monthAfter(day: string): string {
  const [year = 0, month = 0] = day.split('-').map(Number);
  return month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`;
}

// How many agents the plan is about: those of the groups chosen, of all groups where none is.
export const agentsIn = (groups: readonly string[], outline: PlanOutline): number =>
  outline.groups.filter(({ name }) => groups.length === 0 || groups.includes(name)).reduce((sum, { agents }) => sum + agents, 0);

export const capacityOf = (draft: PlanDraft): number => draft.inspectors.reduce((sum, { capacity }) => sum + capacity, 0);

// The fault of a field, as the server names its place; a list's entry or the list itself.
export const faultAt = (errors: readonly FieldError[], pointer: string): string | undefined =>
  errors.find((error) => error.pointer === pointer)?.detail;

// A person's progress over the rounds asked for.
export interface PersonProgress {
  staff_no: string;
  name: string | null;
  expected: number | null; // of agents
  assigned: number;
  done: number;
  published: number;
  overdue: number;
}

// One row for each person; no round: all of them together.
export function byPerson(progress: readonly InspectionProgress[], round: number | undefined): PersonProgress[] {
  const rows = new Map<string, PersonProgress>();
  for (const part of progress) {
    if (round !== undefined && part.round !== round) continue;
    const { staff_no, name } = part;
    const before = rows.get(staff_no) ?? { staff_no, name, expected: null, assigned: 0, done: 0, published: 0, overdue: 0 };
    rows.set(staff_no, {
      ...before,
      expected: part.expected === null ? before.expected : (before.expected ?? 0) + part.expected,
      assigned: before.assigned + part.assigned,
      done: before.done + part.done,
      published: before.published + part.published,
      overdue: before.overdue + part.overdue,
    });
  }
  return [...rows.values()];
}

export type Sums = Omit<PersonProgress, 'staff_no' | 'name'>;

export const sumsOf = (rows: readonly PersonProgress[]): Sums =>
  rows.reduce<Sums>(
    (sums, row) => ({
      expected: row.expected === null ? sums.expected : (sums.expected ?? 0) + row.expected,
      assigned: sums.assigned + row.assigned,
      done: sums.done + row.done,
      published: sums.published + row.published,
      overdue: sums.overdue + row.overdue,
    }),
    { expected: null, assigned: 0, done: 0, published: 0, overdue: 0 },
  );

// Whether nothing of this agent's can be drawn as promised: fewer records than the plan's minimum.
export const isShort = (row: Pick<PersonProgress, 'expected' | 'assigned'>, drawn: boolean): boolean =>
  drawn && row.expected !== null && row.assigned < row.expected;

// A scale that all intervals lie on, in steps of ten, none of it wasted.
export function scaleOf(estimates: readonly Pick<Estimate, 'value' | 'low' | 'high'>[]): [number, number] {
  const figures = estimates.flatMap(({ value, low, high }) => [value, low, high]).flatMap((text) => (text === null ? [] : [Number(text)]));
  if (figures.length === 0) return [0, 100];
  return [Math.floor(Math.min(...figures) / 10) * 10, Math.ceil(Math.max(...figures) / 10) * 10];
}

// How records can be inspected, as the server names it.
export const methods = ['recording', 'text', 'live', 'on_site'] as const;

// Signals of risk that a plan can look at harder, as the server names them.
export const signals = ['complaint', 'low_satisfaction', 'long_contact', 'long_silence', 'repeat_contact', 'transferred', 'new_agent'] as const;

// A signal adds to a contact's weight of 1,000; people say how many times likelier that makes it. 1: it adds nothing.
export const timesLikelier = (draft: Pick<PlanDraft, 'signals'>, signal: string): number =>
  1 + (draft.signals?.find((one) => one.signal === signal)?.adds ?? 0) / 1000;

export function withSignal(draft: PlanDraft, signal: string, times: number): PlanDraft {
  const others = (draft.signals ?? []).filter((one) => one.signal !== signal);
  const adds = Math.round((times - 1) * 1000);
  return { ...draft, signals: adds > 0 ? [...others, { signal, adds }] : others };
}
