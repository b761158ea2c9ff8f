// Where the next finding will lie: the text selected last, the span of time marked last, else the record as a whole.
import { type RefObject, useEffect, useState } from 'react';

import type { FindingSpan, Turn } from '../../../api/schema';
import type { RecordControls } from '../../contacts/ContactRecord';
import { timeSpan, wholeTurn } from '../shared/place';
import { selectedSpan } from '../shared/selection';

export function usePlace(record: RefObject<RecordControls>, turns: readonly Turn[]) {
  const [place, setPlace] = useState<FindingSpan | null>(null);
  const [begun, setBegun] = useState<number>(); // a span of time whose end is not marked yet

  useEffect(() => {
    const onSelect = () => {
      const span = selectedSpan();
      if (span) setPlace(span);
    };
    document.addEventListener('selectionchange', onSelect);
    return () => document.removeEventListener('selectionchange', onSelect);
  }, []);

  const clear = () => {
    setPlace(null);
    setBegun(undefined);
    window.getSelection()?.removeAllRanges();
  };
  return {
    place,
    begun,
    clear,
    drag: (from: number, until: number) => setPlace(timeSpan(from, until)),
    begin: () => setBegun(record.current?.now()),
    finish: () => {
      const now = record.current?.now();
      if (begun !== undefined && now !== undefined) setPlace(timeSpan(begun, now));
      setBegun(undefined);
    },
    // What was chosen, else the turn that is heard or stood on.
    chosenOrTurn: () => place ?? wholeTurn(record.current?.turn() ?? -1, turns),
    take: () => {
      clear();
      return place;
    },
    choose: setPlace,
  };
}
