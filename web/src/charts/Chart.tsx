// One chart; a table of the same figures stands behind it for those who cannot see it.
import { useEffect, useRef } from 'react';

import { useDarkness } from '../shell/darkness';
import { isStill } from '../shell/theme';
import { type EChartsCoreOption, echarts } from './core';
import { lookOf } from './look';

export interface ChartTable {
  caption: string;
  head: string[];
  rows: (string | number)[][];
}

interface Props {
  option: EChartsCoreOption;
  table: ChartTable;
  height?: number;
  onPick?: (name: string) => void;
}

export default function Chart({ option, table, height = 180, onPick }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const { dark } = useDarkness();

  useEffect(() => {
    if (!place.current) return undefined;
    const chart = echarts.init(place.current, lookOf(dark));
    chart.setOption({ backgroundColor: 'transparent', animation: !isStill(), animationDuration: 250, ...option });
    if (onPick) chart.on('click', (event) => onPick(event.name));
    const observer = new ResizeObserver(() => chart.resize());
    observer.observe(place.current);
    return () => {
      observer.disconnect();
      chart.dispose();
    };
  }, [option, dark, onPick]);

  return (
    <figure style={{ margin: 0, position: 'relative' }}>
      <div ref={place} style={{ height }} aria-hidden />
      {/* a table keeps its height whatever it is told: what hides it stands around it */}
      <div className="for-ears">
        <table>
          <caption>{table.caption}</caption>
          <thead>
            <tr>
              {table.head.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row, at) => (
              <tr key={at}>
                {row.map((cell, column) => (
                  <td key={column}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}
