// The workbench by keyboard. Keys that somebody types, or that belong to a button, stay theirs.
import { useEffect, useRef } from 'react';

export type KeyActions = Partial<Record<string, () => void>>;

const typing = 'input, textarea, select, [contenteditable="true"], [role="combobox"]';
const acting = 'button, a, [role="radio"], [role="tab"]';
const covered = '.ant-drawer-open, .ant-modal-wrap:not([style*="display: none"])';

// How a key press is called: "Ctrl+Enter", "?", "j", "Space".
export function nameOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>): string {
  const key = event.key === ' ' ? 'Space' : event.key;
  return (event.ctrlKey || event.metaKey ? 'Ctrl+' : '') + (event.altKey ? 'Alt+' : '') + key;
}

function isTheirs(target: EventTarget | null, name: string): boolean {
  if (!(target instanceof HTMLElement) || name.startsWith('Ctrl+')) return false;
  if (target.closest(typing)) return true;
  return ['Enter', 'Space', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'].includes(name) && target.closest(acting) !== null;
}

export function useBenchKeys(actions: KeyActions) {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const name = nameOf(event);
      const act = latest.current[name];
      if (!act || event.defaultPrevented || isTheirs(event.target, name) || document.querySelector(covered)) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
