// The regulation by clause.
import { BookOutlined } from '@ant-design/icons';
import { lazy } from 'react';

import type { Room } from '../../shell/room';
import { words } from './words';

export const regulation: Room = {
  name: 'regulation',
  words,
  pages: [
    {
      page: 'regulation',
      path: '/regulation',
      home: '/regulation',
      icon: <BookOutlined />,
      group: 'centre',
      view: lazy(() => import('./RegulationPage')),
    },
  ],
};
