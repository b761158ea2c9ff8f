// Who did what, and how the system is.
import { AuditOutlined, SettingOutlined } from '@ant-design/icons';
import { lazy } from 'react';

import type { Room } from '../../shell/room';
import { words } from './words';

export const governance: Room = {
  name: 'governance',
  words,
  pages: [
    {
      page: 'audit',
      path: '/audit',
      home: '/audit',
      icon: <AuditOutlined />,
      group: 'governance',
      view: lazy(() => import('./AuditPage')),
    },
    {
      page: 'system',
      path: '/system',
      home: '/system',
      icon: <SettingOutlined />,
      group: 'governance',
      view: lazy(() => import('./SystemPage')),
      homeOf: ['admin'],
    },
  ],
  touched: {
    job: [['health'], ['list', '/jobs']],
  },
};
