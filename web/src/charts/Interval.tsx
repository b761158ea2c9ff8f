// A value with its interval on a scale, small enough for a table's cell. The figures stand beside it.
interface Props {
  value: number | null;
  low: number | null;
  high: number | null;
  scale: readonly [number, number];
  mark?: number; // a place on the scale to compare with
}

const width = 140;
const height = 16;
const edge = 4;

export function Interval({ value, low, high, scale, mark }: Props) {
  const [from, to] = scale;
  const at = (figure: number) => edge + ((Math.min(to, Math.max(from, figure)) - from) / (to - from || 1)) * (width - 2 * edge);
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden focusable="false" style={{ verticalAlign: 'middle' }}>
      <line x1={at(from)} x2={at(to)} y1={8} y2={8} stroke="var(--line)" strokeWidth="2" />
      {mark !== undefined && <line x1={at(mark)} x2={at(mark)} y1={1} y2={15} stroke="var(--quiet)" strokeDasharray="2 2" />}
      {low !== null && high !== null && (
        <line x1={at(low)} x2={at(high)} y1={8} y2={8} stroke="var(--accent)" strokeWidth="4" strokeLinecap="round" opacity="0.45" />
      )}
      {value !== null && <circle cx={at(value)} cy={8} r={4} fill="var(--accent)" />}
    </svg>
  );
}
