import { useEffect, useState } from 'react';

import { Problem } from '../api/client';

// Seconds left, counted down to none.
function useCountdown() {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (left <= 0) return undefined;
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [left]);
  return [left, setLeft] as const;
}

// Runs an action, keeps what went wrong for showing; `wrong` is said where the server says no more than no. Where the
// server asks to wait (after wrong passwords), `waitS` says for how long.
export function useAttempt(wrong: string) {
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [waitS, setWaitS] = useCountdown();
  const attempt = async (action: () => Promise<void>) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await action();
    } catch (failure) {
      setProblem((failure instanceof Problem && failure.message) || wrong);
      setWaitS(failure instanceof Problem ? failure.retryAfterS : 0);
    } finally {
      setBusy(false);
    }
  };
  return { problem, busy, waitS, attempt };
}
