// Plans: what a month inspects, in which rounds, by whom; how far it is; and the proof that nobody chose the sample.
import { ScheduleOutlined } from '@ant-design/icons';
import { lazy } from 'react';

import type { Room } from '../../../shell/room';
import { plansTouchedBy } from '../shared/touched';
import { words } from './words';

export const plans: Room = {
  name: 'plans',
  words,
  pages: [
    {
      page: 'plans',
      path: '/plans/:number?',
      home: '/plans',
      icon: <ScheduleOutlined />,
      group: 'quality',
      view: lazy(() => import('./PlansPage')),
      homeOf: ['qa_supervisor'],
    },
  ],
  touched: {
    quality: plansTouchedBy,
  },
};
