// The rooms' pages, each its own chunk, and where the rail and the palette find them.
import { CalendarOutlined, SolutionOutlined } from '@ant-design/icons';
import { lazy, type ComponentType, type LazyExoticComponent, type ReactNode } from 'react';

import type { Page, Principal } from '../api/types';

export interface PageEntry {
  page: Page;
  path: string; // as the router matches it
  home: (principal: Principal) => string; // where the rail leads
  word: string; // key in the shell's words
  icon: ReactNode;
  view: LazyExoticComponent<ComponentType>;
}

const view = (load: () => Promise<{ default: ComponentType }>) => lazy(load);

export const pages: PageEntry[] = [
  {
    page: 'sheet',
    path: '/sheet/:period?/:staff?',
    home: () => '/sheet',
    word: 'myMonth',
    icon: <SolutionOutlined />,
    view: view(() => import('../rooms/appraisal/SheetPage')),
  },
  {
    page: 'month',
    path: '/month/:period?',
    home: () => '/month',
    word: 'month',
    icon: <CalendarOutlined />,
    view: view(() => import('../rooms/appraisal/MonthPage')),
  },
];

// The pages a person may see, in the rail's order. The sheet of somebody else is reached from the month, so "my month"
// stands in the rail only for people who have one.
export function pagesFor(principal: Principal): PageEntry[] {
  return pages.filter(
    (entry) => principal.pages.includes(entry.page) && (entry.page !== 'sheet' || principal.staff_no !== null),
  );
}
