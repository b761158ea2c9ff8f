// One ECharts canvas with the desk's colours; a table of the same figures stands behind it for screen readers.
import { BarChart, HeatmapChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, VisualMapComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import type { EChartsCoreOption } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';

import { useDarkness } from '../shell/darkness';

echarts.use([
  BarChart,
  LineChart,
  HeatmapChart,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
  CanvasRenderer,
]);

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

const hidden = { position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' } as const;

export default function Chart({ option, table, height = 180, onPick }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const { dark } = useDarkness();

  useEffect(() => {
    if (!place.current) return undefined;
    const chart = echarts.init(place.current, dark ? 'dark' : undefined);
    chart.setOption({ backgroundColor: 'transparent', animationDuration: 200, ...option });
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
      <table style={hidden}>
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
    </figure>
  );
}
