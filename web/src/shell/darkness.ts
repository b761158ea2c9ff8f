// Light or dark: the person's choice, else the system's.
import { useSyncExternalStore } from 'react';

const kept = 'zhiheng.dark';
const listeners = new Set<() => void>();
const system = window.matchMedia('(prefers-color-scheme: dark)');

function isDark(): boolean {
  const chosen = localStorage.getItem(kept);
  return chosen === null ? system.matches : chosen === '1';
}

// desk.css reads it from the root element.
function show() {
  document.documentElement.dataset.theme = isDark() ? 'dark' : 'light';
}

function changed() {
  show();
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function startDarkness() {
  show();
  system.addEventListener('change', changed);
}

export function useDarkness() {
  const dark = useSyncExternalStore(subscribe, isDark);
  return {
    dark,
    toggle: () => {
      localStorage.setItem(kept, dark ? '0' : '1');
      changed();
    },
  };
}
