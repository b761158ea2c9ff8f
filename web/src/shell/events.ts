// What the server tells by itself. A browser opens about six connections to one server, so of all its windows one holds
// the event stream (the one that has the lock) and passes the events on to the others.
import { useQueryClient, type QueryClient, type QueryKey } from '@tanstack/react-query';
import { useEffect } from 'react';

import { rooms } from '../rooms';

// `resync`: the server could not keep up with this stream; what was missed is unknown.
const resync = 'resync';
const types = [...new Set(rooms.flatMap(({ touched }) => Object.keys(touched ?? {})))];

const madeOldBy = (type: string): readonly QueryKey[] => rooms.flatMap(({ touched }) => touched?.[type] ?? []);

function apply(queries: QueryClient, type: string) {
  if (type === resync) void queries.invalidateQueries();
  for (const queryKey of madeOldBy(type)) void queries.invalidateQueries({ queryKey });
}

// The stream itself; the browser opens it again when it breaks.
function listen(onEvent: (type: string) => void): () => void {
  const stream = new EventSource('/api/v1/events');
  for (const type of [resync, ...types]) stream.addEventListener(type, () => onEvent(type));
  return () => stream.close();
}

function listenOnce(onEvent: (type: string) => void): () => void {
  const channel = new BroadcastChannel('zhiheng.events');
  channel.onmessage = (message: MessageEvent<string>) => onEvent(message.data);
  const ended = new AbortController();
  const hold = () =>
    new Promise<void>((release) => {
      const stop = listen((type) => {
        onEvent(type);
        channel.postMessage(type);
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
    const onEvent = (type: string) => apply(queries, type);
    // Locks are there on secure pages only (https, or this machine).
    return 'locks' in navigator ? listenOnce(onEvent) : listen(onEvent);
  }, [queries]);
}
