// Months and sheets: what somebody's month is worth, and why.
import { CalendarOutlined, SolutionOutlined } from '@ant-design/icons';
import { lazy } from 'react';

import type { Room } from '../../shell/room';
import { words } from './words';

// Somebody else's sheet belongs to the month, where one came from.
const isOthersSheet = (path: string, own: string | null) => {
  const staff = /^\/sheet\/[^/]+\/([^/]+)/.exec(path)?.[1];
  return staff !== undefined && decodeURIComponent(staff) !== own;
};

export const appraisal: Room = {
  name: 'appraisal',
  words,
  pages: [
    {
      page: 'sheet',
      path: '/sheet/:period?/:staff?',
      home: '/sheet',
      icon: <SolutionOutlined />,
      group: 'appraisal',
      view: lazy(() => import('./SheetPage')),
      ownOnly: true,
      isAt: (path, own) => path.startsWith('/sheet') && !isOthersSheet(path, own),
    },
    {
      page: 'month',
      path: '/month/:period?',
      home: '/month',
      icon: <CalendarOutlined />,
      group: 'appraisal',
      view: lazy(() => import('./MonthPage')),
      homeOf: ['shift_leader', 'hr'],
      isAt: (path, own) => path.startsWith('/month') || isOthersSheet(path, own),
    },
  ],
  touched: {
    month: [['months'], ['month'], ['sheet'], ['why'], ['questions']],
    question: [['questions'], ['month']],
    batch: [['month'], ['sheet'], ['why']],
  },
};
