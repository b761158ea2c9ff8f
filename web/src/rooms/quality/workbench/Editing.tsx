// A taken inspection: the record to mark in, the rubric to mark by, saved while one works.
import { App, Button } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { change, Problem } from '../../../api/client';
import type { FindingSpan, Inspection, InspectionMarks, InspectionResult, Rubric } from '../../../api/schema';
import { keyAction, type RecordControls } from '../../contacts/ContactRecord';
import { useTranscript } from '../../contacts/record';
import { keepInspection, pathOf, readInspection, useStep } from '../shared/data';
import { InspectedRecord } from '../shared/InspectedRecord';
import { BenchHead } from './BenchHead';
import { addFinding } from './marks';
import { PlaceBar } from './PlaceBar';
import { Proposals } from './proposals/Proposals';
import { useProposalLane } from './proposals/useProposalLane';
import { useProposing } from './proposals/useProposing';
import { RubricSide } from './RubricSide';
import { SaveNotice } from './SaveNotice';
import { ScoreHead } from './ScoreHead';
import { SentBack } from './SentBack';
import { useBenchKeys } from './useBenchKeys';
import { useDraft } from './useDraft';
import { usePlace } from './usePlace';

interface Props {
  inspection: Inspection;
  rubric: Rubric;
  next: InspectionResult | undefined;
  onNext: () => void;
  onHelp: () => void;
}

const itemFilter = 'bench-item-filter';
const cardId = (finding: number) => `finding-${finding}`;

// Hands the inspection in and takes the next one, so that work goes on without a key in between.
function useSubmit({ inspection, next, onNext }: Props, flush: () => Promise<boolean>, refuse: (problem: Problem) => void) {
  const { t } = useTranslation('quality');
  const { message } = App.useApp();
  const queries = useQueryClient();
  const step = useStep(inspection.key);
  const [busy, setBusy] = useState(false);
  const takeNext = async () => {
    if (next?.state !== 'assigned') return;
    await readInspection(queries, next.key);
    keepInspection(queries, await change<Inspection>(pathOf(next.key), 'POST', `${pathOf(next.key)}/take`));
  };
  const submit = async () => {
    setBusy(true);
    try {
      if (!(await flush())) return;
      await step.mutateAsync({ step: 'submit' });
      // Whoever else has taken it meanwhile, the bench tells when it is opened.
      await takeNext().catch(() => undefined);
      void message.success(t('submittedOf', { who: inspection.name ?? inspection.staff_no }));
      onNext();
    } catch (failure) {
      if (failure instanceof Problem) refuse(failure);
      void message.error((failure instanceof Problem && failure.message) || t('notDone'));
    } finally {
      setBusy(false);
    }
  };
  return { busy, submit };
}

export function Editing(props: Props) {
  const { inspection, rubric, onNext, onHelp } = props;
  const { t } = useTranslation('quality');
  const { saver, draft } = useDraft(inspection);
  const record = useRef<RecordControls>(null);
  const { contact } = inspection;
  const transcript = useTranscript(contact);
  const turns = useMemo(() => transcript.data?.turns ?? [], [transcript.data]);
  const place = usePlace(record, turns);
  const [open, setOpen] = useState<number>(); // the finding that is being written
  const [whyOpen, setWhyOpen] = useState(false);
  const { busy, submit } = useSubmit(props, () => saver.flush(), (problem) => saver.refuse(problem));
  const stuck = draft.state === 'conflict' || draft.state === 'lost';

  const edit = (step: (marks: InspectionMarks) => InspectionMarks) => saver.change(step(saver.now().marks));
  const add = (item: string) => {
    const { marks, number } = addFinding(saver.now().marks, rubric, item, place.take());
    saver.change(marks);
    setOpen(number);
  };
  const choose = (finding: number) => {
    setOpen(finding);
    requestAnimationFrame(() => document.getElementById(cardId(finding))?.scrollIntoView({ block: 'nearest' }));
  };
  const goTo = (span: FindingSpan) => {
    if (span.of === 'time') record.current?.seek(span.from);
    if (span.of === 'text') record.current?.goTo(span.turn);
  };
  const proposing = useProposing(inspection.key, {
    now: () => saver.now().marks,
    change: (marks) => saver.change(marks),
    open: choose,
    go: ({ span }) => {
      if (span) goTo(span);
    },
  });
  const proposed = useProposalLane(proposing.proposals, draft.marks, rubric, proposing.onCurrent);
  const listen = (key: string) => () => {
    if (record.current) keyAction(key, record.current)?.();
  };
  useBenchKeys({
    ...proposing.keys,
    Space: listen(' '),
    ArrowLeft: listen('ArrowLeft'),
    ArrowRight: listen('ArrowRight'),
    ArrowUp: listen('ArrowUp'),
    ArrowDown: listen('ArrowDown'),
    '[': place.begin,
    ']': place.finish,
    f: () => {
      place.choose(place.chosenOrTurn());
      document.getElementById(itemFilter)?.focus();
    },
    w: () => setWhyOpen(true),
    Escape: place.clear,
    'Ctrl+Enter': () => void submit(),
  });
  return (
    <>
      <div className="bench-record">
        <BenchHead inspection={inspection} onHelp={onHelp} onGone={onNext} />
        <SentBack inspection={inspection.key} />
        <InspectedRecord
          contact={contact}
          channel={inspection.channel}
          findings={draft.marks.findings}
          rubric={rubric}
          controls={record}
          chosen={open}
          onChoose={choose}
          place={place.place}
          onSpan={place.drag}
          proposed={proposed}
        />
      </div>
      <aside className="bench-rubric" aria-label={t('rubric')}>
        <ScoreHead inspection={inspection} rubric={rubric} state={draft.state} whyOpen={whyOpen} onWhy={setWhyOpen} />
        <SaveNotice draft={draft} onSettle={(own) => saver.settle(own)} onLeave={onNext} />
        <Proposals {...proposing} marks={draft.marks} rubric={rubric} turns={turns} onFinding={choose} onGo={goTo} />
        <PlaceBar place={place.place} begun={place.begun} turns={turns} onClear={place.clear} />
        <RubricSide
          filterId={itemFilter}
          rubric={rubric}
          channel={inspection.channel}
          marks={draft.marks}
          faults={draft.faults}
          turns={turns}
          open={open}
          place={place.place}
          onOpen={setOpen}
          onAdd={add}
          onEdit={edit}
          onGo={goTo}
        />
        <footer className="bench-foot">
          <Button type="primary" block disabled={stuck} loading={busy} onClick={() => void submit()}>
            {t('submitNext')} <kbd>Ctrl ↵</kbd>
          </Button>
        </footer>
      </aside>
    </>
  );
}
