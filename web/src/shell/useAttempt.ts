import { useState } from 'react';

import { Problem } from '../api/client';

// Runs an action, keeps what went wrong for showing; `wrong` is said where the server says no more than no.
export function useAttempt(wrong: string) {
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const attempt = async (action: () => Promise<void>) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await action();
    } catch (failure) {
      setProblem((failure instanceof Problem && failure.message) || wrong);
    } finally {
      setBusy(false);
    }
  };
  return { problem, busy, attempt };
}
