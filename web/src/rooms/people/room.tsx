// Who is who: people, organisation, accounts.
import { TeamOutlined } from '@ant-design/icons';
import { lazy } from 'react';

import type { Room } from '../../shell/room';
import { words } from './words';

export const people: Room = {
  name: 'people',
  words,
  pages: [
    {
      page: 'people',
      path: '/people/:staff?',
      home: '/people',
      icon: <TeamOutlined />,
      group: 'centre',
      view: lazy(() => import('./PeoplePage')),
    },
  ],
  touched: {
    batch: [['list', '/people'], ['person'], ['groups']],
  },
};
