// Calibration: inspectors score the same records blind, lay the readings side by side and agree on one.
import { ExperimentOutlined } from '@ant-design/icons';
import { lazy } from 'react';

import type { Room } from '../../../shell/room';
import { words } from './words';

export const calibration: Room = {
  name: 'calibration',
  words,
  pages: [
    {
      page: 'calibration',
      path: '/calibration/:id?',
      home: '/calibration',
      icon: <ExperimentOutlined />,
      group: 'quality',
      view: lazy(() => import('./CalibrationPage')),
    },
  ],
  touched: {
    calibration: [['calibrations'], ['calibration']],
  },
};
