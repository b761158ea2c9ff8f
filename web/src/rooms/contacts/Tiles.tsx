// The figures people ask for first, each with its course over the days and, where the regulation sets one, its goal.
import { useTranslation } from 'react-i18next';

import type { CallSums, Overview } from '../../api/schema';
import { count, duration, percent } from '../../shell/format';
import { sparkPath } from './spark';

interface TileOf {
  name: string;
  value: string;
  course: (number | null)[];
  goal?: number;
  goalText?: string;
}

// Connection rate of 95 % and more is the top band (C3.1c).
const answerGoal = 0.95;

function Tile({ tile }: { tile: TileOf }) {
  const known = [...tile.course, tile.goal ?? null].filter((value) => value !== null);
  const low = Math.min(...known);
  const high = Math.max(...known);
  const goalAt = tile.goal === undefined ? undefined : 26 - ((tile.goal - low) / (high - low || 1)) * 24;
  return (
    <section className="panel tile" aria-label={tile.name}>
      <span className="quiet">{tile.name}</span>
      <span className="tile-figure">{tile.value}</span>
      {tile.course.length > 1 && (
        <svg viewBox="0 0 120 28" preserveAspectRatio="none" aria-hidden focusable="false">
          {goalAt !== undefined && (
            <line x1="0" x2="120" y1={goalAt} y2={goalAt} stroke="var(--star)" strokeDasharray="3 3" vectorEffect="non-scaling-stroke" />
          )}
          <g transform="translate(0 2)">
            <path d={sparkPath(tile.course, 120, 24, low, high)} fill="none" stroke="var(--accent)" strokeWidth="1.5" vectorEffect="non-scaling-stroke" />
          </g>
        </svg>
      )}
      {tile.goalText && <span className="quiet" style={{ fontSize: 12 }}>{tile.goalText}</span>}
    </section>
  );
}

const answerRate = (sums: CallSums) => (sums.offered === 0 ? null : sums.answered / sums.offered);

export function Tiles({ overview }: { overview: Overview }) {
  const { t } = useTranslation('contacts');
  const { total, days } = overview;
  const tiles: TileOf[] = [
    { name: t('offered'), value: count(total.offered), course: days.map((day) => day.offered) },
    {
      name: t('answerRate'),
      value: percent(answerRate(total)),
      course: days.map(answerRate),
      goal: answerGoal,
      goalText: t('goal', { goal: percent(answerGoal), clause: 'C3.1c' }),
    },
    { name: t('abandoned'), value: count(total.abandoned), course: days.map((day) => day.abandoned) },
    { name: t('serviceLevel'), value: percent(total.service_level_10s), course: days.map((day) => day.service_level_10s) },
    { name: t('aht'), value: duration(total.aht_s), course: days.map((day) => day.aht_s) },
    { name: t('wait'), value: duration(total.wait_mean_s), course: days.map((day) => day.wait_mean_s) },
  ];
  return (
    <div className="tiles" style={{ gridTemplateColumns: 'repeat(auto-fit, minmax(150px, 1fr))', marginBottom: 0 }}>
      {tiles.map((tile) => (
        <Tile key={tile.name} tile={tile} />
      ))}
    </div>
  );
}
