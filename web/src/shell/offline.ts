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
    const lost = () => setOffline(true);
    // Only the moment of failing counts: a request that failed keeps its error, and tells of itself whenever the page
    // that sent it is drawn anew.
    const notice = (action: { type: string; error?: unknown }) => {
      const fails = action.type === 'failed' || action.type === 'error';
      if (fails && action.error instanceof Problem && action.error.isOffline) lost();
    };
    const stop = queries.getQueryCache().subscribe((event) => {
      if (event.type === 'updated') notice(event.action);
    });
    const stopMutations = queries.getMutationCache().subscribe((event) => {
      if (event.type === 'updated') notice(event.action);
    });
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
