// Calls: by day and hour, and one by one.
import { BarChartOutlined, PhoneOutlined } from '@ant-design/icons';
import { lazy } from 'react';

import type { Room } from '../../shell/room';
import { words } from './words';

export const contacts: Room = {
  name: 'contacts',
  words,
  pages: [
    {
      page: 'overview',
      path: '/overview',
      home: '/overview',
      icon: <BarChartOutlined />,
      group: 'operation',
      view: lazy(() => import('./OverviewPage')),
      homeOf: ['manager'],
    },
    {
      page: 'contacts',
      path: '/contacts/:id?',
      home: '/contacts',
      icon: <PhoneOutlined />,
      group: 'operation',
      view: lazy(() => import('./ContactsPage')),
    },
  ],
  touched: {
    batch: [['overview'], ['last-day'], ['list', '/contacts']],
  },
};
