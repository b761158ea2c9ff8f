// The draft of an own reading, saved while it is made; only its inspector ever sees it.
import { useEffect, useState, useSyncExternalStore } from 'react';

import type { InspectionMarks } from '../../../api/schema';
import { keep, readKept } from '../../../shell/kept';
import { DraftSaver, type Unsaved } from '../workbench/saver';
import { useForgetReadings, useSaveDraft } from './data';

interface Of {
  session: number;
  place: number;
  onServer: InspectionMarks;
  kept: string; // the name under which this machine remembers what is not on the server yet
}

export function useReadingDraft({ session, place, onServer, kept }: Of) {
  const { mutateAsync } = useSaveDraft(session, place);
  const forget = useForgetReadings(session);
  const [saver] = useState(
    () =>
      new DraftSaver(onServer, readKept<Unsaved | undefined>(kept, undefined), {
        send: mutateAsync,
        keep: (unsaved) => keep(kept, unsaved),
        saved: () => void forget(),
      }),
  );
  useEffect(() => {
    saver.start();
    return () => saver.end();
  }, [saver]);
  return { saver, draft: useSyncExternalStore(saver.subscribe, saver.now) };
}
