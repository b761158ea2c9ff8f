// Appeals: an agent's own; for inspectors those assigned to them; for supervisors all that wait, to assign and to decide.
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router-dom';

import type { Appeal } from '../../../api/schema';
import { distance, wallClock } from '../../../shell/format';
import { Listing, type ListColumn } from '../../../shell/Listing';
import { Mark } from '../../../shell/Mark';
import { useHasRole, usePrincipal } from '../../../shell/session';
import { useRubrics, useRubricWords } from '../rubric/rubrics';
import { AppealMark } from '../shared/States';
import { useReadingWords } from '../shared/useReadingWords';
import { Assign } from './Assign';
import { decides, goTogether, isBlindTo, nameOf, useAppeals } from './data';
import { Decide } from './Decide';
import './appeals.css';

interface Steps {
  chosen: ReadonlySet<string>;
  onChoose: (name: string, on: boolean) => void;
  onDecide: (appeal: Appeal) => void;
  onAssign: (appeal: Appeal) => void;
}

// `steps`: of those who work on appeals; none for whoever only reads the own.
function useColumns(steps: Steps | undefined): ListColumn<Appeal>[] {
  const { t } = useTranslation('quality');
  const words = useRubricWords();
  const rubrics = useRubrics();
  const reading = useReadingWords(rubrics.data?.[0]);
  const { staff_no: own } = usePrincipal();
  const columns: ListColumn<Appeal>[] = [
    { key: 'name', title: t('agent'), text: (row) => `${row.name ?? ''} ${row.staff_no}`, cell: (row) => <Link to={`/results/${row.inspection}`}>{row.name ?? row.staff_no}</Link> },
    { key: 'item', title: t('item'), text: (row) => words.item(row.item), cell: (row) => words.item(row.item) },
    { key: 'state', title: t('state'), narrow: true, text: (row) => t(`appeal_${row.state}`), cell: (row) => <AppealMark state={row.state} /> },
    {
      key: 'reading',
      title: t('readingAsked'),
      text: (row) => (isBlindTo(row, own) ? t('blind') : `${reading(row.item, row.current)} → ${reading(row.item, row.proposed)}`),
      cell: (row) =>
        isBlindTo(row, own) ? (
          <Mark tone="info">{t('blind')}</Mark>
        ) : (
          <>
            {reading(row.item, row.current)} → <strong>{reading(row.item, row.proposed)}</strong>
          </>
        ),
    },
    { key: 'reason', title: t('reasonWhy'), wraps: true, text: (row) => row.reason, cell: (row) => row.reason },
    {
      key: 'filed_at',
      title: t('filedAt'),
      text: (row) => wallClock(row.filed_at),
      order: (a, b) => a.filed_at.localeCompare(b.filed_at),
      cell: (row) => <span title={wallClock(row.filed_at)}>{distance(row.filed_at, new Date())}</span>,
    },
    { key: 'assigned_to', title: t('reviewer'), cell: (row) => row.assigned_name ?? row.assigned_to ?? '—' },
  ];
  if (!steps) return columns;
  const box: ListColumn<Appeal> = {
    key: 'chosen',
    title: t('together'),
    text: () => '',
    cell: (row) =>
      decides(row) && (
        <Checkbox
          checked={steps.chosen.has(nameOf(row))}
          aria-label={t('chooseAppeal', { who: row.name ?? row.staff_no })}
          onChange={(event) => steps.onChoose(nameOf(row), event.target.checked)}
        />
      ),
  };
  const buttons: ListColumn<Appeal> = {
    key: 'step',
    title: t('step'),
    narrow: true,
    text: () => '',
    cell: (row) => (
      <div className="row appeal-steps">
        {decides(row) && (
          <Button size="small" type="primary" onClick={() => steps.onDecide(row)}>
            {t(isBlindTo(row, own) ? 'readBlind' : 'decide')}
          </Button>
        )}
        {row.actions.includes('assign') && (
          <Button size="small" onClick={() => steps.onAssign(row)}>
            {t('assign')}
          </Button>
        )}
      </div>
    ),
  };
  return [...columns, buttons, box];
}

export default function AppealsPage() {
  const { t } = useTranslation('quality');
  const navigate = useNavigate();
  const { staff_no: own } = usePrincipal();
  const query = useAppeals();
  const rows = query.data ?? [];
  const works = useHasRole('inspector', 'qa_supervisor');
  const [assigning, setAssigning] = useState<Appeal>();
  const [deciding, setDeciding] = useState<readonly Appeal[]>();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const choose = (name: string, on: boolean) => setChosen((now) => new Set(on ? [...now, name] : [...now].filter((other) => other !== name)));
  const together = rows.filter((row) => chosen.has(nameOf(row)));
  const columns = useColumns(works ? { chosen, onChoose: choose, onDecide: (row) => setDeciding([row]), onAssign: setAssigning } : undefined);
  const tools = together.length > 1 && (
    <Button size="small" type="primary" disabled={!goTogether(together, own)} title={t('togetherHint')} onClick={() => setDeciding(together)}>
      {t('decideTogether', { count: together.length })}
    </Button>
  );
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('appeals')}</h1>
      </div>
      <Listing
        name="appeals"
        caption={t('appeals')}
        rowKey={nameOf}
        columns={columns}
        rows={rows}
        query={query}
        empty={t(works ? 'noAppeals' : 'noOwnAppeals')}
        tools={tools}
        onOpen={(row) => (decides(row) ? setDeciding([row]) : navigate(`/results/${row.inspection}`))}
      />
      {assigning && <Assign appeal={assigning} onClose={() => setAssigning(undefined)} />}
      {deciding && (
        <Decide
          appeals={deciding}
          onClose={() => {
            setDeciding(undefined);
            setChosen(new Set());
          }}
        />
      )}
    </div>
  );
}
