// A session that ended under somebody's hands: the page stays, and a small sign-in comes over it.
import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let expired = false;

export function setExpired(value: boolean) {
  if (expired === value) return;
  expired = value;
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useExpired = () => useSyncExternalStore(subscribe, () => expired);
