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
import { type Opined, opinedOf, useJudging } from './judging';
import type { Band, LaneOf } from './lanes';
import { MarkedWords } from './MarkedWords';
import { ModelPanel } from './ModelPanel';
import { useTranscript } from './record';

interface Props {
  id: string;
  channel: string;
  turn?: number | undefined; // where to begin
}

const pinsMost = 200; // the list has the others

// Pins for the player, one for each hit that has a time: what checks found, and on a lane of its own what a model says.
function usePinLanes(spoken: readonly Spoken[], opined: readonly Opined[], onPick: (hit: Hit) => void): LaneOf[] {
  const { t } = useTranslation('contacts');
  const say = useLabel();
  const { gravity } = useRubricWords();
  return useMemo(() => {
    const bandOf = (hit: Hit, severity: string, title: string, isModel: boolean): Band[] =>
      hit.start === null
        ? []
        : [
            {
              key: String(hit.number),
              from: hit.start,
              until: hit.end ?? hit.start,
              title,
              tone: 'hit',
              pin: { number: hit.number, gravity: gravity(severity), isModel },
              onPick: () => onPick(hit),
            },
          ];
    const hits = spoken.flatMap(({ finding, hits: of }) => of.flatMap((hit) => bandOf(hit, finding.severity, `${hit.number}. ${say(finding.label)}`, false)));
    const opinions = opined.flatMap(({ opinion, hits: of }) =>
      of.flatMap((hit) => bandOf(hit, opinion.severity, t('byModelTitle', { number: hit.number, label: say(opinion.label) }), true)),
    );
    const lanes = [
      { name: t('lane_hits'), bands: hits.slice(0, pinsMost) },
      { name: t('lane_model'), bands: opinions.slice(0, pinsMost) },
    ];
    return lanes.filter(({ bands }) => bands.length > 0);
  }, [spoken, opined, onPick, say, gravity, t]);
}

export function CheckedRecord({ id, channel, turn }: Props) {
  const { t } = useTranslation('contacts');
  const say = useLabel();
  const { gravity } = useRubricWords();
  const record = useRef<RecordControls>(null);
  const findings = useFindings(id);
  const transcript = useTranscript(id);
  const turns = useMemo(() => transcript.data?.turns ?? [], [transcript.data]);
  const spoken = useMemo(() => spokenOf(findings.data?.findings ?? [], turns), [findings.data, turns]);
  const judging = useJudging(id);
  const opined = useMemo(() => {
    const found = spoken.reduce((sum, { hits }) => sum + hits.length, 0);
    return opinedOf(judging.data?.opinions ?? [], turns, found);
  }, [judging.data, spoken, turns]);
  const spans = useMemo(() => spansByTurn(spoken), [spoken]);
  const opinedSpans = useMemo(() => spansByTurn(opined.map(({ opinion, hits }) => ({ finding: opinion, hits }))), [opined]);
  const [chosen, setChosen] = useState<number>();
  const [looked, setLooked] = useState<Looked>();

  // To its turn, and to its own moment: a silence lies before the turn that ends it.
  const goTo = useCallback((hit: Hit) => {
    setChosen(hit.number);
    setLooked(undefined);
    if (hit.turn !== null) record.current?.goTo(hit.turn);
    if (hit.start !== null) record.current?.seek(hit.start);
  }, []);
  const lanes = usePinLanes(spoken, opined, goTo);

  const isThere = turns.length > 0;
  useEffect(() => {
    if (isThere && turn !== undefined) record.current?.goTo(turn);
  }, [isThere, turn]);

  const words = useCallback(
    (at: number, text: string): ReactNode => {
      const found = (spans.get(at) ?? []).map(({ finding, ...span }) => ({ ...span, title: say(finding.label), gravity: gravity(finding.severity) }));
      const said = (opinedSpans.get(at) ?? []).map(({ number, finding, ...span }) => ({
        ...span,
        number,
        title: t('byModelTitle', { number, label: say(finding.label) }),
        gravity: gravity(finding.severity),
        isModel: true,
      }));
      const marks = [...found, ...said];
      return <MarkedWords text={text} marks={marks} chosen={chosen} onChoose={setChosen} />;
    },
    [spans, opinedSpans, chosen, say, gravity, t],
  );
  const look = (place: Looked) => {
    setChosen(undefined);
    setLooked(place);
    record.current?.goTo(place.first);
  };
  const panel = findings.data && isThere && (
    <div className="beside">
      <FindingsPanel findings={findings.data} spoken={spoken} turns={turns} chosen={chosen} looked={looked} onGo={goTo} onLook={look} />
      {judging.data && <ModelPanel judging={judging.data} opined={opined} turns={turns} chosen={chosen} onGo={goTo} />}
    </div>
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
