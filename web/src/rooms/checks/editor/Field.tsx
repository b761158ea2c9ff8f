// A field of the form with its name above it.
import type { ReactNode } from 'react';

interface Props {
  name: string;
  hint?: string | undefined;
  wide?: boolean;
  children: ReactNode;
}

export function Field({ name, hint, wide = false, children }: Props) {
  return (
    <div className={wide ? 'field field-wide' : 'field'}>
      <span className="field-name">{name}</span>
      {children}
      {hint !== undefined && <span className="quiet field-hint">{hint}</span>}
    </div>
  );
}
