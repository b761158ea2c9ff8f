// Tabs above a page; more than fit scroll sideways. Arrow keys move between them.
import type { KeyboardEvent } from 'react';

interface Props {
  label: string; // read aloud
  tabs: { key: string; title: string }[];
  current: string;
  onChange: (key: string) => void;
}

const steps: Partial<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

export function TabBar({ label, tabs, current, onChange }: Props) {
  const move = (event: KeyboardEvent<HTMLElement>, at: number) => {
    const target = tabs[(at + (steps[event.key] ?? 0) + tabs.length) % tabs.length];
    if (!target || steps[event.key] === undefined) return;
    event.preventDefault();
    onChange(target.key);
    event.currentTarget.parentElement?.querySelector<HTMLElement>(`[data-tab="${CSS.escape(target.key)}"]`)?.focus();
  };
  return (
    <div className="tab-bar" role="tablist" aria-label={label}>
      {tabs.map(({ key, title }, at) => (
        <button
          key={key}
          type="button"
          role="tab"
          data-tab={key}
          aria-selected={key === current}
          tabIndex={key === current ? 0 : -1}
          onClick={() => onChange(key)}
          onKeyDown={(event) => move(event, at)}
        >
          {title}
        </button>
      ))}
    </div>
  );
}
