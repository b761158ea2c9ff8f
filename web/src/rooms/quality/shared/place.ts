// Places in a record: spans of time in milliseconds, spans of text in code points of one turn (contacts/pieces.ts). What a
// browser counts in UTF-16 units crosses over here.
import type { FindingSpan, InspectionFinding, Turn } from '../../../api/schema';
import { cut, type Piece } from '../../contacts/pieces';

export const lengthOf = (text: string) => Array.from(text).length;

export const sliceOf = (text: string, from: number, until: number) => Array.from(text).slice(from, until).join('');

// How many code points stand before the UTF-16 unit at `unit`.
export const pointsBefore = (text: string, unit: number) => lengthOf(text.slice(0, unit));

// A turn's text in pieces, with the numbers of the findings that lie on each.
export const piecesOf = (text: string, turn: number, findings: readonly InspectionFinding[]): Piece[] =>
  cut(
    text,
    findings.flatMap(({ number, span }) => (span?.of === 'text' && span.turn === turn ? [{ number, from: span.from, until: span.until }] : [])),
  );

// What a span of text says; nothing of any other span.
export function excerptOf(span: FindingSpan | null, turns: readonly Turn[]): string | undefined {
  if (span?.of !== 'text') return undefined;
  const text = turns[span.turn]?.text;
  return text === undefined ? undefined : sliceOf(text, span.from, span.until);
}

// Where to listen to a span: its own beginning, or that of its turn.
export function heardAt(span: FindingSpan | null, turns: readonly Turn[]): number | undefined {
  if (span?.of === 'time') return span.from;
  if (span?.of === 'text') return turns[span.turn]?.start_ms ?? undefined;
  return undefined;
}

export const wholeTurn = (turn: number, turns: readonly Turn[]): FindingSpan | null => {
  const length = lengthOf(turns[turn]?.text ?? '');
  return length === 0 ? null : { of: 'text', turn, from: 0, until: length };
};

// Two moments in either order; nothing where they are the same.
export function timeSpan(a: number, b: number): FindingSpan | null {
  const [from, until] = [Math.round(Math.min(a, b)), Math.round(Math.max(a, b))];
  return until > from ? { of: 'time', turn: 0, from, until } : null;
}
