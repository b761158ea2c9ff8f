// Light or dark: the person's choice, else the system's.
import { useSyncExternalStore } from 'react';

const kept = 'zhiheng.dark';
const listeners = new Set<() => void>();
const system = window.matchMedia('(prefers-color-scheme: dark)');

function isDark(): boolean {
  const chosen = localStorage.getItem(kept);
  return chosen === null ? system.matches : chosen === '1';
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  system.addEventListener('change', listener);
  return () => {
    listeners.delete(listener);
    system.removeEventListener('change', listener);
  };
}

export function useDarkness() {
  const dark = useSyncExternalStore(subscribe, isDark);
  return {
    dark,
    toggle: () => {
      localStorage.setItem(kept, dark ? '0' : '1');
      listeners.forEach((listener) => listener());
    },
  };
}
