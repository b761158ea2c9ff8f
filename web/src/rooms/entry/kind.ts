import type { Label } from '../../api/schema';

// A kind of fact that the person may enter, with what the pack in force says of it.
export interface FactKind {
  kind: string;
  label: Label;
  unit: string;
  range: string;
  notes: string[];
  clause: string;
}
