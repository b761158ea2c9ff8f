// How a figure came about, as the server recorded it while computing; its document leaves the tree's shape open.
import type { Label } from '../../api/schema';

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
