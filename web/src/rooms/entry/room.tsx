// What leaders enter by hand: evaluations, checks, points, praise.
import { EditOutlined } from '@ant-design/icons';
import { lazy } from 'react';

import type { Room } from '../../shell/room';
import { words } from './words';

export const entry: Room = {
  name: 'entry',
  words,
  pages: [
    {
      page: 'entry',
      path: '/entry/:grid?',
      home: '/entry',
      icon: <EditOutlined />,
      group: 'appraisal',
      view: lazy(() => import('./EntryPage')),
    },
  ],
  touched: {
    batch: [['facts']],
  },
};
