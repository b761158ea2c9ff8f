// The record of a contact with what automatic checks say about it: hits as pins below the waveforms and on the words, and
// beside them the list with the clauses, also of what was looked for in vain.
import { Skeleton } from 'antd';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useLabel } from '../../shell/label';
import { useRubricWords } from '../quality/rubric/rubrics';
import { ContactRecord, type RecordControls } from './ContactRecord';
import { type Hit, type Spoken, spansOn, spokenOf, useFindings } from './findings';
import { FindingsPanel } from './FindingsPanel';
import { MarkedWords } from './MarkedWords';
import type { LaneOf } from './Player';
import { useTranscript } from './record';

interface Props {
  id: string;
  channel: string;
  turn?: number | undefined; // where to begin
}

// Pins for the player, one for each hit that has a time.
function useHitLane(spoken: readonly Spoken[], onPick: (hit: Hit) => void): LaneOf[] {
  const { t } = useTranslation('contacts');
  const say = useLabel();
  const { gravity } = useRubricWords();
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
              gravity: gravity(finding.severity),
              onPick: () => onPick(hit),
            },
          ],
    ),
  );
  return bands.length > 0 ? [{ name: t('lane_hits'), bands }] : [];
}

export function CheckedRecord({ id, channel, turn }: Props) {
  const say = useLabel();
  const { gravity } = useRubricWords();
  const record = useRef<RecordControls>(null);
  const findings = useFindings(id);
  const transcript = useTranscript(id);
  const turns = useMemo(() => transcript.data?.turns ?? [], [transcript.data]);
  const spoken = useMemo(() => spokenOf(findings.data?.findings ?? [], turns), [findings.data, turns]);
  const [chosen, setChosen] = useState<number>();
  const pick = useCallback((hit: Hit) => setChosen(hit.number), []);
  const lanes = useHitLane(spoken, pick);

  const isThere = turns.length > 0;
  useEffect(() => {
    if (isThere && turn !== undefined) record.current?.goTo(turn);
  }, [isThere, turn]);

  const words = useCallback(
    (at: number, text: string): ReactNode => {
      const marks = spoken.flatMap(({ finding, hits }) =>
        spansOn(at, hits).map((span) => ({ ...span, title: say(finding.label), gravity: gravity(finding.severity) })),
      );
      return <MarkedWords text={text} marks={marks} chosen={chosen} onChoose={setChosen} />;
    },
    [spoken, chosen, say, gravity],
  );
  const goTo = (hit: Hit) => {
    setChosen(hit.number);
    if (hit.turn !== null) record.current?.goTo(hit.turn);
    if (hit.start !== null) record.current?.seek(hit.start);
  };
  return (
    <>
      {findings.isPending && <Skeleton active title={false} paragraph={{ rows: 2 }} />}
      {findings.data && isThere && <FindingsPanel findings={findings.data} spoken={spoken} turns={turns} chosen={chosen} onGo={goTo} />}
      <ContactRecord id={id} channel={channel} controls={record} lanes={lanes} words={words} />
    </>
  );
}
