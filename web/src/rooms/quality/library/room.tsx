// The recording library: outstanding and typical records, shared without those who are in them.
import { ReadOutlined } from '@ant-design/icons';
import { lazy } from 'react';

import type { Room } from '../../../shell/room';
import { words } from './words';

export const library: Room = {
  name: 'library',
  words,
  pages: [
    {
      page: 'library',
      path: '/library/:id?',
      home: '/library',
      icon: <ReadOutlined />,
      group: 'quality',
      view: lazy(() => import('./LibraryPage')),
    },
  ],
};
