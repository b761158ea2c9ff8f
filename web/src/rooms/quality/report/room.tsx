// The monthly report on quality: trend, problems, causes and measures; submitted, approved, printed.
import { FileDoneOutlined } from '@ant-design/icons';
import { lazy } from 'react';

import type { Room } from '../../../shell/room';
import { words } from './words';

export const report: Room = {
  name: 'report',
  words,
  pages: [
    {
      page: 'quality_report',
      path: '/quality-report/:period?',
      home: '/quality-report',
      icon: <FileDoneOutlined />,
      group: 'quality',
      view: lazy(() => import('./ReportPage')),
    },
  ],
  touched: {
    notice: [['quality-months'], ['quality-report']],
  },
};
