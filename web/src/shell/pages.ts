// The rooms' pages and who sees them; where somebody's day begins.
import type { Principal } from '../api/schema';
import { rooms } from '../rooms';
import type { RoomPage } from './room';

export type PageEntry = RoomPage & { word: string }; // the key of its title

export const pages: PageEntry[] = rooms.flatMap((room) => room.pages.map((entry) => ({ ...entry, word: `${room.name}:${entry.page}` })));

// The pages a person may see, in the rail's order. The sheet of somebody else is reached from the month.
export function pagesFor(principal: Principal): PageEntry[] {
  return pages.filter((entry) => principal.pages.includes(entry.page) && (!entry.ownOnly || principal.staff_no !== null));
}

export function homeOf(principal: Principal): string {
  const shown = pagesFor(principal);
  const home = shown.find(({ homeOf: roles }) => principal.roles.some(({ role }) => roles?.includes(role)));
  return (home ?? shown[0])?.home ?? '/account';
}
