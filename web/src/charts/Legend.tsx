import type { CSSProperties } from 'react';

// What the colours of a chart stand for.
export function Legend({ entries }: { entries: { name: string; colour: string }[] }) {
  return (
    <div className="legend">
      {entries.map(({ name, colour }) => (
        <span key={name} style={{ '--swatch': colour } as CSSProperties}>
          {name}
        </span>
      ))}
    </div>
  );
}
