// What a room tells the desk. A new room is one folder with a room.tsx, named in rooms/index.ts.
import type { ComponentType, LazyExoticComponent, ReactNode } from 'react';
import type { QueryKey } from '@tanstack/react-query';

// The rail's groups, in their order.
export const groups = ['appraisal', 'quality', 'operation', 'centre', 'governance'] as const;
export type Group = (typeof groups)[number];

export interface RoomPage {
  page: string; // as the server names it among the pages somebody may see
  path: string; // as the router matches it
  home: string; // where the rail leads
  icon: ReactNode;
  group: Group;
  view: LazyExoticComponent<ComponentType>; // a chunk of its own; its title is the room's word for `page`
  homeOf?: readonly string[]; // roles whose day begins here
  ownOnly?: boolean; // stands in the rail only of people who are appraised themselves
  isAt?: (path: string, ownStaffNo: string | null) => boolean; // where the rail shows it as current; left out: below `home`
}

// What an event of the server says.
export type Said = Readonly<Record<string, unknown>>;

export interface Room {
  name: string; // the namespace of its words
  words: { zh: Record<string, string>; en: Record<string, string> };
  pages: readonly RoomPage[];
  top?: LazyExoticComponent<ComponentType>; // in the top bar, for whoever it concerns
  // By the server's event: what of the room it makes old, as beginnings of query keys; where that depends on what the
  // event says, told from it.
  touched?: Readonly<Record<string, readonly QueryKey[] | ((said: Said) => readonly QueryKey[])>>;
}
