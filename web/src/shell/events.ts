// What the server tells by itself. A browser opens about six connections to one server, so of all its windows one holds
// the event stream (the one that has the lock) and passes the events on to the others.
import { useQueryClient, type QueryClient, type QueryKey } from '@tanstack/react-query';
import { useEffect } from 'react';

import { rooms } from '../rooms';
import type { Said } from './room';

// `resync`: the server could not keep up with this stream; what was missed is unknown.
const resync = 'resync';
const types = [...new Set(rooms.flatMap(({ touched }) => Object.keys(touched ?? {})))];

interface Told {
  type: string;
  said: Said;
}

// One step may tell of each of a hundred inspections: what is told within this time is answered once.
const gatherMs = 120;

function madeOldBy({ type, said }: Told): readonly QueryKey[] {
  return rooms.flatMap(({ touched }) => {
    const keys = touched?.[type] ?? [];
    return typeof keys === 'function' ? keys(said) : keys;
  });
}

// Takes what was told, and asks anew for all that it made old, each once.
function gathering(queries: QueryClient) {
  const old = new Map<string, QueryKey>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ask = () => {
    timer = undefined;
    for (const queryKey of old.values()) void queries.invalidateQueries({ queryKey });
    old.clear();
  };
  return {
    take: (told: Told) => {
      const keys = told.type === resync ? [[]] : madeOldBy(told);
      for (const key of keys) old.set(JSON.stringify(key), key);
      timer ??= setTimeout(ask, gatherMs);
    },
    end: () => clearTimeout(timer),
  };
}

function saidIn(text: unknown): Said {
  try {
    const said: unknown = JSON.parse(String(text));
    return typeof said === 'object' && said !== null ? (said as Said) : {};
  } catch {
    return {}; // an event without words says only that it happened
  }
}

// The stream itself; the browser opens it again when it breaks.
function listen(onEvent: (told: Told) => void): () => void {
  const stream = new EventSource('/api/v1/events');
  for (const type of [resync, ...types]) {
    stream.addEventListener(type, (message: MessageEvent) => onEvent({ type, said: saidIn(message.data) }));
  }
  return () => stream.close();
}

function listenOnce(onEvent: (told: Told) => void): () => void {
  const channel = new BroadcastChannel('zhiheng.events');
  channel.onmessage = (message: MessageEvent<Told>) => onEvent(message.data);
  const ended = new AbortController();
  const hold = () =>
    new Promise<void>((release) => {
      const stop = listen((told) => {
        onEvent(told);
        channel.postMessage(told);
      });
      ended.signal.addEventListener('abort', () => {
        stop();
        release();
      });
    });
  navigator.locks.request('zhiheng.events', { signal: ended.signal }, hold).catch(() => undefined);
  return () => {
    ended.abort();
    channel.close();
  };
}

export function useEvents() {
  const queries = useQueryClient();
  useEffect(() => {
    const { take, end } = gathering(queries);
    // Locks are there on secure pages only (https, or this machine).
    const stop = 'locks' in navigator ? listenOnce(take) : listen(take);
    return () => {
      stop();
      end();
    };
  }, [queries]);
}
