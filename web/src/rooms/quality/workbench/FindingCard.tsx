// One finding: in a line, or opened to be written.
import { DeleteOutlined } from '@ant-design/icons';
import { Button, Input, type InputRef } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import type { FindingSpan, InspectionFinding, Rubric, RubricItem, Turn } from '../../../api/schema';
import { useLabel } from '../../../shell/label';
import { Place, usePlaceWords } from '../shared/Place';
import { severityOf } from '../shared/rubric';
import { Ladder } from './Ladder';

interface Props {
  finding: InspectionFinding;
  rubric: Rubric;
  item: RubricItem;
  turns: readonly Turn[];
  faults: readonly string[];
  open: boolean;
  place: FindingSpan | null; // chosen in the record just now
  onOpen: (open: boolean) => void;
  onChange: (change: Partial<InspectionFinding>) => void;
  onRemove: () => void;
  onGo: (span: FindingSpan) => void;
}

const reasonMax = 2000;

// What it costs, or which answer it is.
function useCost(rubric: Rubric, item: RubricItem, finding: InspectionFinding): string {
  const say = useLabel();
  const severity = severityOf(rubric, finding.choice);
  if (severity) return `${say(severity.label)} −${finding.points}`;
  const chosen = item.answers.find(({ id }) => id === finding.choice);
  return chosen ? say(chosen.label) : finding.choice;
}

export function FindingCard(props: Props) {
  const { finding, rubric, item, turns, faults, open, place, onOpen, onChange, onRemove, onGo } = props;
  const { t } = useTranslation('quality');
  const cost = useCost(rubric, item, finding);
  const where = usePlaceWords(turns)(finding.span);
  const card = useRef<HTMLDivElement>(null);
  const reason = useRef<InputRef>(null);
  useEffect(() => {
    if (!open) return;
    card.current?.scrollIntoView({ block: 'nearest' });
    (card.current?.querySelector<HTMLElement>('input:checked') ?? reason.current)?.focus();
  }, [open]);

  if (!open) {
    return (
      <button type="button" id={`finding-${finding.number}`} className="finding finding-line" onClick={() => onOpen(true)}>
        <span className="finding-number">{finding.number}</span>
        <span>
          <strong>{cost}</strong> <span className="quiet">{where}</span>
          <span className={finding.reason.trim() === '' ? 'finding-reason fall' : 'finding-reason'}>{finding.reason.trim() || t('reasonMissing')}</span>
          {faults.map((fault) => (
            <span key={fault} className="finding-reason fall">
              {fault}
            </span>
          ))}
        </span>
      </button>
    );
  }
  return (
    <div
      ref={card}
      id={`finding-${finding.number}`}
      className="finding finding-open"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onOpen(false);
      }}
    >
      <div className="finding-top">
        <span className="finding-number">{finding.number}</span>
        <Place span={finding.span} turns={turns} onGo={onGo} />
        <span className="grow" />
        {place && (
          <Button size="small" type="link" onClick={() => onChange({ span: place })}>
            {t('moveHere')}
          </Button>
        )}
        <Button size="small" type="text" icon={<DeleteOutlined />} aria-label={t('removeFinding', { number: finding.number })} onClick={onRemove} />
      </div>
      {rubric.form === 'deduct' && <Ladder rubric={rubric} finding={finding} onChange={onChange} onPointed={() => reason.current?.focus()} />}
      <Input.TextArea
        ref={reason}
        aria-label={t('reasonOf', { number: finding.number })}
        placeholder={t('reasonHint')}
        autoSize={{ minRows: 2, maxRows: 8 }}
        maxLength={reasonMax}
        status={faults.length > 0 ? 'error' : ''}
        value={finding.reason}
        onChange={(event) => onChange({ reason: event.target.value })}
      />
      {faults.map((fault) => (
        <p key={fault} className="fall">
          {fault}
        </p>
      ))}
    </div>
  );
}
