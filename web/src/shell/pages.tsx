// The rooms' pages, each its own chunk, and where the rail and the palette find them.
import {
  AuditOutlined,
  BarChartOutlined,
  BookOutlined,
  CalendarOutlined,
  CloudUploadOutlined,
  EditOutlined,
  PhoneOutlined,
  SettingOutlined,
  SolutionOutlined,
  TeamOutlined,
} from '@ant-design/icons';
import { lazy, type ComponentType, type LazyExoticComponent, type ReactNode } from 'react';

import type { Page, Principal } from '../api/types';

// The rail's groups, in their order.
export const groups = ['appraisal', 'operation', 'centre', 'governance'] as const;
export type Group = (typeof groups)[number];

export interface PageEntry {
  page: Page;
  path: string; // as the router matches it
  home: (principal: Principal) => string; // where the rail leads
  word: string; // key in the shell's words
  icon: ReactNode;
  group: Group;
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
    group: 'appraisal',
    view: view(() => import('../rooms/appraisal/SheetPage')),
  },
  {
    page: 'month',
    path: '/month/:period?',
    home: () => '/month',
    word: 'month',
    icon: <CalendarOutlined />,
    group: 'appraisal',
    view: view(() => import('../rooms/appraisal/MonthPage')),
  },
  {
    page: 'overview',
    path: '/overview',
    home: () => '/overview',
    word: 'overview',
    icon: <BarChartOutlined />,
    group: 'operation',
    view: view(() => import('../rooms/contacts/OverviewPage')),
  },
  {
    page: 'contacts',
    path: '/contacts/:id?',
    home: () => '/contacts',
    word: 'contacts',
    icon: <PhoneOutlined />,
    group: 'operation',
    view: view(() => import('../rooms/contacts/ContactsPage')),
  },
  {
    page: 'entry',
    path: '/entry/:grid?',
    home: () => '/entry',
    word: 'entry',
    icon: <EditOutlined />,
    group: 'appraisal',
    view: view(() => import('../rooms/entry/EntryPage')),
  },
  {
    page: 'people',
    path: '/people/:staff?',
    home: () => '/people',
    word: 'people',
    icon: <TeamOutlined />,
    group: 'centre',
    view: view(() => import('../rooms/people/PeoplePage')),
  },
  {
    page: 'imports',
    path: '/imports',
    home: () => '/imports',
    word: 'imports',
    icon: <CloudUploadOutlined />,
    group: 'centre',
    view: view(() => import('../rooms/imports/ImportsPage')),
  },
  {
    page: 'regulation',
    path: '/regulation',
    home: () => '/regulation',
    word: 'regulation',
    icon: <BookOutlined />,
    group: 'centre',
    view: view(() => import('../rooms/regulation/RegulationPage')),
  },
  {
    page: 'audit',
    path: '/audit',
    home: () => '/audit',
    word: 'audit',
    icon: <AuditOutlined />,
    group: 'governance',
    view: view(() => import('../rooms/governance/AuditPage')),
  },
  {
    page: 'system',
    path: '/system',
    home: () => '/system',
    word: 'system',
    icon: <SettingOutlined />,
    group: 'governance',
    view: view(() => import('../rooms/governance/SystemPage')),
  },
];

// The pages a person may see, in the rail's order. The sheet of somebody else is reached from the month, so "my month"
// stands in the rail only for people who have one.
export function pagesFor(principal: Principal): PageEntry[] {
  return pages.filter(
    (entry) => principal.pages.includes(entry.page) && (entry.page !== 'sheet' || principal.staff_no !== null),
  );
}

// Where a role begins its day.
const homes: Partial<Record<string, Page>> = { manager: 'overview', hr: 'month', admin: 'system', shift_leader: 'month', qa_supervisor: 'month' };

export function homeOf(principal: Principal): string {
  const shown = pagesFor(principal);
  const wanted = principal.roles.map(({ role }) => homes[role]);
  const entry = shown.find(({ page }) => wanted.includes(page)) ?? shown[0];
  return entry?.home(principal) ?? '/account';
}
