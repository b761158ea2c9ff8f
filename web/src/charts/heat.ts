import { HeatmapChart } from 'echarts/charts';
import { VisualMapComponent } from 'echarts/components';

import { echarts } from './core';

echarts.use([HeatmapChart, VisualMapComponent]);
