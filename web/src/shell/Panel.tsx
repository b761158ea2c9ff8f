// A titled piece of a page.
import type { ReactNode } from 'react';

interface Props {
  title?: ReactNode;
  extra?: ReactNode;
  flush?: boolean; // the content reaches the edges, as tables do
  className?: string;
  children: ReactNode;
}

export function Panel({ title, extra, flush = false, className = '', children }: Props) {
  return (
    <section className={`panel ${className}`}>
      {(title ?? extra) !== undefined && (
        <header className="panel-head">
          <h2>{title}</h2>
          {extra !== undefined && <div className="panel-extra">{extra}</div>}
        </header>
      )}
      <div className={flush ? 'panel-body flush' : 'panel-body'}>{children}</div>
    </section>
  );
}
