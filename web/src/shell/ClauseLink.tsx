// A clause id (C3.1a: a dot in a path would look like a file's), leading to its text for those who may read the regulation.
import { Link } from 'react-router-dom';

import { usePrincipal } from './session';

export function ClauseLink({ clause }: { clause: string }) {
  const principal = usePrincipal();
  if (!principal.pages.includes('regulation')) return <span className="clause">{clause}</span>;
  return (
    <Link className="clause" to={`/regulation?clause=${encodeURIComponent(clause)}`}>
      {clause}
    </Link>
  );
}
