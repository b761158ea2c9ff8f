// An agent's own draws: whether the sample was fair, checked on the agent's own machine.
import { SafetyCertificateOutlined } from '@ant-design/icons';
import { lazy } from 'react';

import type { Room } from '../../../shell/room';
import { words } from './words';

export const draws: Room = {
  name: 'draws',
  words,
  pages: [
    {
      page: 'draws',
      path: '/draws/:plan?/:round?',
      home: '/draws',
      icon: <SafetyCertificateOutlined />,
      group: 'quality',
      view: lazy(() => import('./DrawsPage')),
    },
  ],
};
