// The rubric as the inspector works by it: five dimensions, their items, and below each item what was found.
import { App, Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { FieldError } from '../../../api/client';
import type { FindingSpan, InspectionFinding, InspectionMarks, Rubric, RubricItem, Turn } from '../../../api/schema';
import { useLabel } from '../../../shell/label';
import { forChannel } from '../rubric/rubrics';
import { Bonuses } from './Bonuses';
import { FindingCard } from './FindingCard';
import { ItemLine } from './ItemLine';
import { answer, changeFinding, putBack, removeFinding, setApplicable } from './marks';

interface Props {
  filterId: string;
  rubric: Rubric;
  channel: string;
  marks: InspectionMarks;
  faults: readonly FieldError[];
  turns: readonly Turn[];
  open: number | undefined;
  place: FindingSpan | null;
  onOpen: (finding: number | undefined) => void;
  onAdd: (item: string) => void;
  onEdit: (step: (marks: InspectionMarks) => InspectionMarks) => void;
  onGo: (span: FindingSpan) => void;
}

const undoS = 8;

// What the server says about one finding, by its place in the marks.
const faultsOf = (faults: readonly FieldError[], marks: InspectionMarks, finding: InspectionFinding) =>
  faults.filter(({ pointer }) => pointer.startsWith(`/findings/${marks.findings.indexOf(finding)}/`)).map(({ detail }) => detail);

export function RubricSide(props: Props) {
  const { filterId, rubric, channel, marks, faults, turns, open, place, onOpen, onAdd, onEdit, onGo } = props;
  const { t } = useTranslation('quality');
  const say = useLabel();
  const { message } = App.useApp();
  const [asked, setAsked] = useState('');
  const dimensions = forChannel(rubric, channel);
  const items = dimensions.flatMap((dimension) => dimension.items);
  const numberOf = (item: RubricItem) => items.indexOf(item) + 1;
  const wanted = asked.trim().toLowerCase();
  const isWanted = (item: RubricItem) =>
    wanted === '' || String(numberOf(item)) === wanted || say(item.label).toLowerCase().includes(wanted) || item.id.includes(wanted);
  const first = items.find(isWanted);
  const isDeducting = rubric.form === 'deduct';
  const addFirst = () => {
    if (!first || !isDeducting) return;
    setAsked('');
    onAdd(first.id);
  };

  const remove = (finding: InspectionFinding) => {
    const judgement = marks.judgements?.find((one) => one.finding === finding.number);
    onEdit((now) => removeFinding(now, finding.number));
    const key = `removed-${finding.number}`;
    const undo = () => {
      onEdit((now) => putBack(now, finding, judgement));
      message.destroy(key);
    };
    void message.open({
      key,
      duration: undoS,
      content: (
        <>
          {t('removed', { number: finding.number })}{' '}
          <Button size="small" type="link" onClick={undo}>
            {t('undo')}
          </Button>
        </>
      ),
    });
  };

  return (
    <div className="rubric-side">
      <Input
        id={filterId}
        size="small"
        allowClear
        aria-label={t('findItem')}
        placeholder={t('findItem')}
        value={asked}
        onChange={(event) => setAsked(event.target.value)}
        onPressEnter={addFirst}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          setAsked('');
          event.currentTarget.blur();
        }}
        suffix={<kbd>F</kbd>}
      />
      {dimensions.map((dimension) => {
        const shown = dimension.items.filter(isWanted);
        if (shown.length === 0) return null;
        return (
          <section key={dimension.id} aria-label={say(dimension.label)}>
            <h3>{say(dimension.label)}</h3>
            <ul>
              {shown.map((item) => {
                const found = marks.findings.filter((finding) => finding.item === item.id);
                return (
                  <li key={item.id} className={wanted !== '' && item === first ? 'item item-first' : 'item'}>
                    <ItemLine
                      item={item}
                      number={numberOf(item)}
                      found={found}
                      applies={!marks.not_applicable.includes(item.id)}
                      deducting={isDeducting}
                      onAdd={() => onAdd(item.id)}
                      onAnswer={(choice) => onEdit((now) => answer(now, item.id, choice))}
                      onApplies={(applies) => onEdit((now) => setApplicable(now, rubric, item.id, applies))}
                    />
                    {found.map((finding) => (
                      <FindingCard
                        key={finding.number}
                        finding={finding}
                        rubric={rubric}
                        item={item}
                        turns={turns}
                        faults={faultsOf(faults, marks, finding)}
                        open={finding.number === open}
                        place={place}
                        onOpen={(opened) => onOpen(opened ? finding.number : undefined)}
                        onChange={(change) => onEdit((now) => changeFinding(now, finding.number, change))}
                        onRemove={() => remove(finding)}
                        onGo={onGo}
                      />
                    ))}
                  </li>
                );
              })}
            </ul>
          </section>
        );
      })}
      <Bonuses rubric={rubric} marks={marks} faults={faults} onEdit={onEdit} />
    </div>
  );
}
