// The record of a contact with what automatic checks say about it: hits as pins on the waveforms and marks on the words,
// and beside the words the list with the clauses, also of what was looked for in vain.
import { Skeleton } from 'antd';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useLabel } from '../../shell/label';
import { useRubricWords } from '../quality/rubric/rubrics';
import { ContactRecord, type RecordControls } from './ContactRecord';
import type { Looked } from './Dialogue';
import { type Hit, type Spoken, spansByTurn, spokenOf, useFindings } from './findings';
import { FindingsPanel } from './FindingsPanel';
import type { LaneOf } from './lanes';
import { MarkedWords } from './MarkedWords';
import { useTranscript } from './record';

interface Props {
  id: string;
  channel: string;
  turn?: number | undefined; // where to begin
}

const pinsMost = 200; // the list has the others

// Pins for the player, one for each hit that has a time.
function useHitLane(spoken: readonly Spoken[], onPick: (hit: Hit) => void): LaneOf[] {
  const { t } = useTranslation('contacts');
  const say = useLabel();
  const { gravity } = useRubricWords();
  return useMemo(() => {
    const bands = spoken.flatMap(({ finding, hits }) =>
      hits.flatMap((hit) =>
        hit.start === null
          ? []
          : [
              {
                key: String(hit.number),
                from: hit.start,
                until: hit.end ?? hit.start,
                title: `${hit.number}. ${say(finding.label)}`,
                tone: 'hit' as const,
                pin: { number: hit.number, gravity: gravity(finding.severity) },
                onPick: () => onPick(hit),
              },
            ],
      ),
    );
    return bands.length > 0 ? [{ name: t('lane_hits'), bands: bands.slice(0, pinsMost) }] : [];
  }, [spoken, onPick, say, gravity, t]);
}

export function CheckedRecord({ id, channel, turn }: Props) {
  const say = useLabel();
  const { gravity } = useRubricWords();
  const record = useRef<RecordControls>(null);
  const findings = useFindings(id);
  const transcript = useTranscript(id);
  const turns = useMemo(() => transcript.data?.turns ?? [], [transcript.data]);
  const spoken = useMemo(() => spokenOf(findings.data?.findings ?? [], turns), [findings.data, turns]);
  const spans = useMemo(() => spansByTurn(spoken), [spoken]);
  const [chosen, setChosen] = useState<number>();
  const [looked, setLooked] = useState<Looked>();

  // Marks and pins lead to their words; the list besides to their moment.
  const pick = useCallback((hit: Hit) => {
    setChosen(hit.number);
    setLooked(undefined);
    if (hit.turn !== null) record.current?.goTo(hit.turn);
  }, []);
  const lanes = useHitLane(spoken, pick);

  const isThere = turns.length > 0;
  useEffect(() => {
    if (isThere && turn !== undefined) record.current?.goTo(turn);
  }, [isThere, turn]);

  const words = useCallback(
    (at: number, text: string): ReactNode => {
      const marks = (spans.get(at) ?? []).map(({ finding, ...span }) => ({ ...span, title: say(finding.label), gravity: gravity(finding.severity) }));
      return <MarkedWords text={text} marks={marks} chosen={chosen} onChoose={setChosen} />;
    },
    [spans, chosen, say, gravity],
  );
  const goTo = (hit: Hit) => {
    pick(hit);
    if (hit.start !== null) record.current?.seek(hit.start);
  };
  const look = (place: Looked) => {
    setChosen(undefined);
    setLooked(place);
    record.current?.goTo(place.first);
  };
  const panel = findings.data && isThere && (
    <FindingsPanel findings={findings.data} spoken={spoken} turns={turns} chosen={chosen} looked={looked} onGo={goTo} onLook={look} />
  );
  return (
    <ContactRecord
      id={id}
      channel={channel}
      controls={record}
      lanes={lanes}
      words={words}
      chosen={chosen === undefined ? undefined : String(chosen)}
      looked={looked}
      beside={findings.isPending ? <Skeleton active title={false} paragraph={{ rows: 2 }} /> : panel}
    />
  );
}
