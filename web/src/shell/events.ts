// What the server tells by itself. A browser opens about six connections to one server, so of all its windows one holds
// the event stream (the one that has the lock) and passes the events on to the others.
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

interface DeskEvent {
  type: string;
  data: unknown;
}

// Which lists an event makes old: the first part of their query keys.
const touched: Record<string, string[]> = {
  month: ['months', 'month', 'sheet', 'why', 'questions'],
  question: ['questions', 'month'],
  batch: ['month', 'sheet', 'why', 'overview', 'last-day', 'list', 'silence', 'unknown'],
  job: ['job', 'health'],
};

function apply(queries: QueryClient, event: DeskEvent) {
  const first = touched[event.type];
  if (first) void queries.invalidateQueries({ predicate: ({ queryKey }) => first.includes(String(queryKey[0])) });
  const path = event.type === 'job' ? ['/jobs', '/imports'] : [];
  void queries.invalidateQueries({
    predicate: ({ queryKey }) => queryKey[0] === 'list' && path.includes(String(queryKey[1])),
  });
}

// The stream itself; the browser opens it again when it breaks.
function listen(onEvent: (event: DeskEvent) => void): () => void {
  const stream = new EventSource('/api/v1/events');
  for (const type of Object.keys(touched)) {
    stream.addEventListener(type, (message: MessageEvent<string>) => {
      try {
        onEvent({ type, data: JSON.parse(message.data) as unknown });
      } catch {
        onEvent({ type, data: null });
      }
    });
  }
  return () => stream.close();
}

function listenOnce(onEvent: (event: DeskEvent) => void): () => void {
  const channel = new BroadcastChannel('zhiheng.events');
  channel.onmessage = (message: MessageEvent<DeskEvent>) => onEvent(message.data);
  const ended = new AbortController();
  const hold = () =>
    new Promise<void>((release) => {
      const stop = listen((event) => {
        onEvent(event);
        channel.postMessage(event);
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
    const onEvent = (event: DeskEvent) => apply(queries, event);
    // Locks are there on secure pages only (https, or this machine).
    return 'locks' in navigator ? listenOnce(onEvent) : listen(onEvent);
  }, [queries]);
}
