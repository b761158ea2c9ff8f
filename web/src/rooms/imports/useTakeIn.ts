// The steps of taking one file in: sent, looked at (again after every change of kind, map or products), taken in.
import { App } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';

import type { ImportMapInput, ImportOrderInput, QueueProductInput, Upload } from '../../api/schema';
import { guessedKind, type Kind, usePreview, useTake, useUpload } from './data';
import { queuesIn } from './map';

interface Order {
  file: Upload;
  kind: Kind;
  map?: ImportMapInput;
  products: QueueProductInput[];
}

export const takesProducts = (kind: Kind) => kind === 'queue-log' || kind === 'cdr';

function sent({ file, kind, map, products }: Order): ImportOrderInput {
  const stated = products.filter(({ queue, product }) => queue.trim() !== '' && product.trim() !== '');
  return {
    upload: file.upload,
    kind,
    ...(kind === 'csv' && map ? { map } : {}),
    products: takesProducts(kind) ? stated : [],
  };
}

// The job that is followed stands in the address, so that the page can be left and found again.
function useJob() {
  const [search, setSearch] = useSearchParams();
  const follow = (id: string | undefined) =>
    setSearch((now) => {
      const next = new URLSearchParams(now);
      if (id) next.set('job', id);
      else next.delete('job');
      return next;
    });
  return { job: search.get('job') ?? undefined, follow };
}

export function useTakeIn() {
  const { message } = App.useApp();
  const { job, follow } = useJob();
  const [order, setOrder] = useState<Order>();
  const upload = useUpload();
  const preview = usePreview();
  const take = useTake();
  const onError = (problem: Error) => void message.error(problem.message);
  // The first look at a file brings a guess of its map and the names of its queues.
  const look = (next: Order) => {
    setOrder(next);
    preview.mutate(sent(next), {
      onSuccess: (seen) => {
        if (next.kind === 'csv' && !next.map && seen.map) setOrder({ ...next, map: seen.map });
        if (takesProducts(next.kind)) setOrder({ ...next, products: queuesIn(seen) });
      },
    });
  };
  return {
    order,
    job,
    preview: preview.data,
    problem: preview.error,
    isSending: upload.isPending,
    isTaking: take.isPending,
    choose: (chosen: File) => {
      follow(undefined);
      preview.reset();
      setOrder(undefined);
      upload.mutate(chosen, { onError, onSuccess: (file) => look({ file, kind: guessedKind(chosen.name), products: [] }) });
    },
    setKind: (kind: Kind) => order && look({ file: order.file, kind, products: [] }),
    setMap: (map: ImportMapInput) => order && look({ ...order, map }),
    setProducts: (products: QueueProductInput[]) => order && setOrder({ ...order, products }),
    leave: () => {
      preview.reset();
      setOrder(undefined);
    },
    take: () => {
      if (!order) return;
      take.mutate(sent(order), {
        onError,
        onSuccess: (answer) => {
          setOrder(undefined);
          preview.reset();
          follow(answer.job);
        },
      });
    },
  };
}
