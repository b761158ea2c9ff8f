// The quality room: inspecting records, reviewing and publishing what was found, appeals and rectification.
import { FileDoneOutlined, HighlightOutlined, InboxOutlined, MessageOutlined, ToolOutlined } from '@ant-design/icons';
import { lazy } from 'react';

import type { Room } from '../../shell/room';
import { touchedBy } from './shared/touched';
import { words } from './words';

export const quality: Room = {
  name: 'quality',
  words,
  pages: [
    {
      page: 'workbench',
      path: '/workbench/:key?',
      home: '/workbench',
      icon: <HighlightOutlined />,
      group: 'quality',
      view: lazy(() => import('./workbench/WorkbenchPage')),
      homeOf: ['inspector'],
    },
    {
      page: 'results',
      path: '/results/:key?',
      home: '/results',
      icon: <FileDoneOutlined />,
      group: 'quality',
      view: lazy(() => import('./results/ResultsPage')),
    },
    {
      page: 'review',
      path: '/review/:inspector?/:number?',
      home: '/review',
      icon: <InboxOutlined />,
      group: 'quality',
      view: lazy(() => import('./review/ReviewPage')),
    },
    {
      page: 'appeals',
      path: '/appeals',
      home: '/appeals',
      icon: <MessageOutlined />,
      group: 'quality',
      view: lazy(() => import('./appeals/AppealsPage')),
    },
    {
      page: 'rectification',
      path: '/rectification/:key?/:finding?',
      home: '/rectification',
      icon: <ToolOutlined />,
      group: 'quality',
      view: lazy(() => import('./rectification/RectificationPage')),
    },
  ],
  top: lazy(() => import('./notices/Bell')),
  touched: {
    quality: touchedBy,
    notice: [['notices']],
  },
};
