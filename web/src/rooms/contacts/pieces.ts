// A turn's text cut where something that is marked on it begins or ends. The server counts code points, a browser UTF-16
// units: here everything is code points.
export interface Span {
  number: number; // of what is marked
  from: number;
  until: number;
}

export interface Piece {
  text: string;
  numbers: number[]; // of what lies on it
}

export function cut(text: string, spans: readonly Span[]): Piece[] {
  const points = Array.from(text);
  const within = spans.map((span) => ({ ...span, until: Math.min(span.until, points.length) }));
  const cuts = [...new Set([0, points.length, ...within.flatMap(({ from, until }) => [from, until])])]
    .filter((at) => at >= 0 && at <= points.length)
    .sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, at) => {
    const until = cuts[at + 1] ?? from;
    return {
      text: points.slice(from, until).join(''),
      numbers: within.filter((span) => span.from <= from && until <= span.until).map(({ number }) => number),
    };
  });
}
