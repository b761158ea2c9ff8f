// Small things this machine remembers for the person: chosen columns, what was typed and not yet saved.
import { useEffect, useState } from 'react';

const prefix = 'zhiheng.';

export function readKept<T>(name: string, otherwise: T): T {
  try {
    const text = localStorage.getItem(prefix + name);
    return text === null ? otherwise : (JSON.parse(text) as T);
  } catch {
    return otherwise;
  }
}

export function keep(name: string, value: unknown) {
  try {
    if (value === undefined) localStorage.removeItem(prefix + name);
    else localStorage.setItem(prefix + name, JSON.stringify(value));
  } catch {
    // Without storage nothing is remembered; the page works all the same.
  }
}

// State that outlives the page.
export function useKept<T>(name: string, first: T) {
  const [value, setValue] = useState<T>(() => readKept(name, first));
  useEffect(() => keep(name, value), [name, value]);
  return [value, setValue] as const;
}
