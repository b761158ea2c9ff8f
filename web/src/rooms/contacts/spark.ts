// The points of a sparkline in a box, as an SVG path takes them; a missing value is a gap.
export function sparkPath(values: (number | null)[], width: number, height: number, low: number, high: number): string {
  const span = high - low || 1;
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  let pen = 'M';
  return values
    .flatMap((value, at) => {
      if (value === null) {
        pen = 'M';
        return [];
      }
      const point = `${pen}${(at * step).toFixed(1)} ${(height - ((value - low) / span) * height).toFixed(1)}`;
      pen = 'L';
      return [point];
    })
    .join('');
}
