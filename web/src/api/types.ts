// What the server sends, as the desk reads it.
export interface Label {
  zh: string;
  en: string;
}

export type Page =
  | 'month'
  | 'sheet'
  | 'overview'
  | 'contacts'
  | 'entry'
  | 'people'
  | 'imports'
  | 'regulation'
  | 'audit'
  | 'system';

export type Scope = 'self' | 'group' | 'department' | 'centre';

export interface Role {
  role: string;
  scope: Scope;
  group?: string | null;
  clearance?: string | null;
}

export interface Principal {
  account: string;
  staff_no: string | null;
  name: string | null;
  roles: Role[];
  must_change_password: boolean;
  pages: Page[];
}

export interface MonthListed {
  period: string;
  status: 'open' | 'closed';
  closed_at: string | null;
}

export interface Excellence {
  eligible: boolean;
  reasons: string[];
}

export interface PayLine {
  id: string;
  label?: Label | null;
  amount: string;
  clause?: string;
  period?: string | null;
}

export interface Pay {
  lines: PayLine[];
  total: string;
}

export interface ScorecardItem {
  id: string;
  label?: Label | null;
  score: string | null;
  weight: string;
  applied: boolean;
  clause: string;
}

export interface MonthPerson {
  staff_no: string;
  name: string | null;
  group: string | null;
  position: string;
  on_probation: boolean;
  scorecard: { items: ScorecardItem[]; bonus: string; deduction: string; total: string | null } | null;
  rated: boolean;
  rank: number | null;
  star: number;
  excellent: Excellence | null;
  pay?: Pay | null;
}

export interface PrecheckLine {
  id: string;
  severity: 'error' | 'warning' | 'note';
  text: string;
  subjects: string[];
}

// Until when the draft is shown to those it is about, for their questions.
export interface Showing {
  until: string | null;
}

export interface MonthResult {
  period: string;
  pack: string;
  pack_version: string;
  status: 'draft' | 'closed';
  people: MonthPerson[];
  quotas: { star: number; share: string; heads: number }[];
  precheck: PrecheckLine[];
  closing: { requested_by?: string | null; requested_at?: string | null };
  previous: { staff_no: string; total: string }[]; // of the month before, where that is closed
  showing: Showing;
  open_questions: number;
}

export interface SheetItem extends ScorecardItem {
  label: Label;
  value: string | null;
  unit: string;
  band: string | null;
  points: string | null;
  next_band: string | null;
}

export interface Sheet {
  period: string;
  status: 'draft' | 'closed';
  staff_no: string;
  name: string;
  group: string;
  position: string;
  on_probation: boolean;
  items: SheetItem[];
  bonus: string;
  deduction: string;
  total: string | null;
  rated: boolean;
  rank: number | null;
  rated_count: number;
  star: number;
  excellent: Excellence | null;
  pay?: Pay | null;
  trend: { period: string; total: string | null; star: number }[];
  showing: Showing;
}

export interface Derivation {
  label: Label;
  detail?: string;
  value: string | null;
  unit: string;
  clause: string;
  rule: string;
  arithmetic: string;
  inputs: { fact: string; kind: string; occurred_at: string; value: string | null }[];
  children: Derivation[];
}
