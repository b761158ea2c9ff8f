// A short state: its colour says no more than its words and sign do.
import type { ReactNode } from 'react';

export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'plain';
export type Gravity = Extract<Tone, 'info' | 'warn' | 'bad'>; // mildest first

export const signs: Record<Tone, string> = { good: '●', warn: '▲', bad: '■', info: '◆', plain: '' };

export function Mark({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={`mark mark-${tone}`}>
      {signs[tone] && (
        <span className="mark-sign" aria-hidden>
          {signs[tone]}
        </span>
      )}
      {children}
    </span>
  );
}
