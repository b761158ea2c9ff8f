// Files on their way in.
import { CloudUploadOutlined } from '@ant-design/icons';
import { lazy } from 'react';

import type { Room } from '../../shell/room';
import { words } from './words';

export const imports: Room = {
  name: 'imports',
  words,
  pages: [
    {
      page: 'imports',
      path: '/imports',
      home: '/imports',
      icon: <CloudUploadOutlined />,
      group: 'centre',
      view: lazy(() => import('./ImportsPage')),
    },
  ],
  touched: {
    job: [['job']],
    batch: [['list', '/batches'], ['unknown'], ['silence']],
  },
};
