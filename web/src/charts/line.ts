import { LineChart } from 'echarts/charts';
import { MarkLineComponent } from 'echarts/components';

import { echarts } from './core';

echarts.use([LineChart, MarkLineComponent]);
