// The draft of a taken inspection, saved while it is made.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';

import { change } from '../../../api/client';
import type { Inspection, InspectionMarks } from '../../../api/schema';
import { keep, readKept } from '../../../shell/kept';
import { keepInspection, pathOf, readInspection } from '../shared/data';
import { DraftSaver, type Unsaved } from './saver';

export function useDraft(inspection: Inspection) {
  const { key } = inspection;
  const queries = useQueryClient();
  const { mutateAsync } = useMutation({
    mutationFn: (marks: InspectionMarks) => change<Inspection>(pathOf(key), 'PUT', `${pathOf(key)}/marks`, marks),
  });
  const [saver] = useState(() => {
    const kept = `inspection.${key}`;
    return new DraftSaver(inspection.marks, readKept<Unsaved | undefined>(kept, undefined), {
      send: mutateAsync,
      read: () => readInspection(queries, key),
      keep: (unsaved) => keep(kept, unsaved),
      saved: (saved) => {
        keepInspection(queries, saved);
        void queries.invalidateQueries({ queryKey: ['quality', 'why', key] });
      },
    });
  });
  useEffect(() => {
    saver.start();
    return () => saver.end();
  }, [saver]);
  return { saver, draft: useSyncExternalStore(saver.subscribe, saver.now) };
}
