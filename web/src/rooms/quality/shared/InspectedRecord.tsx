// A record with what was found in it: spans of time as bands below the waveform, spans of text marked where they stand.
import { type Ref, useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import type { FindingSpan, InspectionFinding, Rubric } from '../../../api/schema';
import { useLabel } from '../../../shell/label';
import { ContactRecord, type RecordControls } from '../../contacts/ContactRecord';
import type { LaneOf } from '../../contacts/lanes';
import { piecesOf } from './place';
import { itemOf } from './rubric';
import './record.css';

interface Props {
  contact: string;
  channel: string;
  findings: readonly InspectionFinding[];
  rubric: Rubric | undefined;
  controls?: Ref<RecordControls>;
  chosen?: number | undefined; // the finding that is looked at
  onChoose?: (finding: number) => void;
  place?: FindingSpan | null; // where the next finding will lie
  onSpan?: (from: number, until: number, done: boolean) => void;
  proposed?: readonly LaneOf[]; // pins of what the machine proposes
}

const none: readonly LaneOf[] = [];

export function InspectedRecord({ contact, channel, findings, rubric, controls, chosen, onChoose, place, onSpan, proposed = none }: Props) {
  const { t } = useTranslation('quality');
  const say = useLabel();
  const titleOf = useCallback(
    (finding: InspectionFinding) => {
      const item = itemOf(rubric, finding.item);
      return `${finding.number}. ${item ? say(item.label) : finding.item}`;
    },
    [rubric, say],
  );
  const draft = place?.of === 'time' ? place : undefined;
  const lanes = useMemo(() => {
    const bands = findings.flatMap((finding) =>
      finding.span?.of === 'time' ? [{ key: String(finding.number), title: titleOf(finding), from: finding.span.from, until: finding.span.until }] : [],
    );
    const all = draft ? [...bands, { key: 'draft', title: t('placeChosen'), from: draft.from, until: draft.until, tone: 'draft' as const }] : bands;
    const found = all.length > 0 || onSpan ? [{ name: t('findings'), bands: all }] : [];
    return [...found, ...proposed];
  }, [findings, draft, onSpan, proposed, titleOf, t]);

  const words = useCallback(
    (turn: number, text: string) =>
      piecesOf(text, turn, findings).map((piece, at) => {
        const number = piece.numbers.at(-1);
        if (number === undefined) return piece.text;
        const there = findings.filter((finding) => piece.numbers.includes(finding.number));
        return (
          <mark
            key={at}
            className={chosen !== undefined && piece.numbers.includes(chosen) ? 'marked marked-chosen' : 'marked'}
            title={there.map(titleOf).join('\n')}
            data-number={piece.numbers.join(' ')}
            onClick={() => onChoose?.(number)}
          >
            {piece.text}
          </mark>
        );
      }),
    [findings, chosen, onChoose, titleOf],
  );
  return (
    <ContactRecord
      key={contact}
      id={contact}
      channel={channel}
      lanes={lanes}
      words={words}
      {...(controls ? { controls } : {})}
      {...(onSpan ? { onSpan } : {})}
    />
  );
}
