// The rubric: what is looked at, what a finding costs, and what calibration has taught about an item.
import { CheckSquareOutlined } from '@ant-design/icons';
import { lazy } from 'react';

import type { Room } from '../../../shell/room';
import { words } from './words';

export const rubric: Room = {
  name: 'rubric',
  words,
  pages: [
    {
      page: 'rubric',
      path: '/rubric/:id?',
      home: '/rubric',
      icon: <CheckSquareOutlined />,
      group: 'quality',
      view: lazy(() => import('./RubricPage')),
    },
  ],
};
