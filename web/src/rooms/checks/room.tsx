// Automatic checks: what the machine looks for in every contact, how a check is written, tried and published, and what
// it is worth.
import { FileSearchOutlined } from '@ant-design/icons';
import { lazy } from 'react';

import type { Room } from '../../shell/room';
import { words } from './words';

export const checks: Room = {
  name: 'checks',
  words,
  pages: [
    {
      page: 'checks',
      path: '/checks/:part?/:id?',
      home: '/checks',
      icon: <FileSearchOutlined />,
      group: 'quality',
      view: lazy(() => import('./ChecksPage')),
    },
  ],
};
