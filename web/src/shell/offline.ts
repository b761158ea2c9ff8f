// Whether the server can be reached: asked every few seconds while it cannot, and when the browser says so.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

import { Problem } from '../api/client';

const askAgainMs = 3000;

async function serverAnswers(): Promise<boolean> {
  try {
    return (await fetch('/healthz', { cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}

export function useOffline(): boolean {
  const queries = useQueryClient();
  const [offline, setOffline] = useState(false);

  useEffect(() => {
    const isLost = (failure: unknown) => failure instanceof Problem && failure.isOffline;
    const stop = queries.getQueryCache().subscribe((event) => {
      if (isLost(event.query.state.fetchFailureReason)) setOffline(true);
    });
    const stopMutations = queries.getMutationCache().subscribe((event) => {
      if (isLost(event.mutation?.state.error)) setOffline(true);
    });
    const lost = () => setOffline(true);
    window.addEventListener('offline', lost);
    return () => {
      stop();
      stopMutations();
      window.removeEventListener('offline', lost);
    };
  }, [queries]);

  useEffect(() => {
    if (!offline) return undefined;
    const timer = setInterval(() => {
      void serverAnswers().then((answers) => {
        if (!answers) return;
        setOffline(false);
        void queries.invalidateQueries();
      });
    }, askAgainMs);
    return () => clearInterval(timer);
  }, [offline, queries]);

  return offline;
}
