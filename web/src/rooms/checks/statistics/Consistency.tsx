// F3.6's “four sames”: whether an agent's automatic score differs between contacts that were inspected and others, busy
// hours and others, known customers and new ones. A statistic for talks and training; it enters no score.
import { Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ConsistencyContrast } from '../../../api/schema';
import { ClauseLink } from '../../../shell/ClauseLink';
import { DayRange } from '../../../shell/DayRange';
import { placed } from '../../../shell/format';
import { useLabel } from '../../../shell/label';
import { Listing, type ListColumn } from '../../../shell/Listing';
import { Mark, type Tone } from '../../../shell/Mark';
import { Trouble } from '../../../shell/Nothing';
import { type Circumstance, type Compared, comparedOf, differenceOf, probability, signedText, type Verdict, verdictOf } from './contrasts';
import { useConsistency } from './data';
import { usePeriod } from './usePeriod';
import './statistics.css';

const tones: Record<Verdict, Tone> = { unknown: 'plain', same: 'good', better: 'warn', worse: 'warn' };

const signed = (difference: number | null) => (difference === null ? '—' : signedText(`${difference > 0 ? '+' : ''}${difference.toFixed(1)}`));

function useVerdict() {
  const { t } = useTranslation('checks');
  const say = useLabel();
  return (contrast: ConsistencyContrast) => {
    const verdict = verdictOf(contrast);
    if (verdict === 'unknown') return contrast.why_none ? say(contrast.why_none) : t('verdict_unknown');
    if (verdict === 'same') return t('verdict_same');
    return t(`verdict_${verdict}_${contrast.circumstance}`, { size: t(`effect_${contrast.effect_size ?? 'small'}`) });
  };
}

function Group({ name, mean, contacts }: { name: string; mean: string | null; contacts: number }) {
  const { t } = useTranslation('checks');
  return (
    <span>
      <span className="quiet">{name}</span>
      <span className="contrast-figure">{placed(mean, 1)}</span>
      <span className="quiet">{t('contactsOf', { count: contacts })}</span>
    </span>
  );
}

// One circumstance over everybody; chosen, its agents stand in the list below.
function Card({ compared, isChosen, onChoose }: { compared: Compared; isChosen: boolean; onChoose: () => void }) {
  const { t } = useTranslation('checks');
  const verdict = useVerdict();
  const { circumstance, everybody, differing } = compared;
  return (
    <button type="button" className="panel contrast" aria-pressed={isChosen} onClick={onChoose}>
      <strong>{t(`contrast_${circumstance}`)}</strong>
      {everybody && (
        <>
          <span className="contrast-means">
            <Group name={t(`group_${circumstance}`)} mean={everybody.mean} contacts={everybody.contacts} />
            <Group name={t(`others_${circumstance}`)} mean={everybody.mean_of_others} contacts={everybody.others} />
          </span>
          <span>{verdict(everybody)}</span>
        </>
      )}
      <span>
        {compared.compared === 0 ? (
          <Mark>{t('verdict_unknown')}</Mark>
        ) : (
          <Mark tone={differing > 0 ? 'warn' : 'good'}>{t('agentsDiffer', { count: differing, of: compared.compared })}</Mark>
        )}
      </span>
    </button>
  );
}

function Agents({ compared, period, tools }: { compared: Compared; period: string; tools: ReactNode }) {
  const { t } = useTranslation('checks');
  const verdict = useVerdict();
  const { circumstance } = compared;
  const columns: ListColumn<ConsistencyContrast>[] = [
    {
      key: 'name',
      title: t('agent'),
      text: (row) => row.name ?? row.staff_no ?? '',
      cell: (row) => (
        <>
          {row.name ?? row.staff_no} <span className="quiet">{row.name && row.staff_no}</span>
        </>
      ),
    },
    {
      key: 'verdict',
      title: t('verdict'),
      wraps: true,
      narrow: true,
      text: verdict,
      order: (a, b) => Number(a.differs) - Number(b.differs),
      cell: (row) => (row.differs ? <Mark tone={tones[verdictOf(row)]}>{verdict(row)}</Mark> : <span className="quiet">{verdict(row)}</span>),
    },
    {
      key: 'mean',
      title: t(`group_${circumstance}`),
      figure: true,
      text: (row) => row.mean ?? '',
      cell: (row) => (
        <>
          {placed(row.mean, 1)} <span className="quiet">{t('ofContacts', { count: row.contacts })}</span>
        </>
      ),
    },
    {
      key: 'others',
      title: t(`others_${circumstance}`),
      figure: true,
      text: (row) => row.mean_of_others ?? '',
      cell: (row) => (
        <>
          {placed(row.mean_of_others, 1)} <span className="quiet">{t('ofContacts', { count: row.others })}</span>
        </>
      ),
    },
    {
      key: 'difference',
      title: t('difference'),
      figure: true,
      text: (row) => signed(differenceOf(row)),
      order: (a, b) => (differenceOf(a) ?? 0) - (differenceOf(b) ?? 0),
      cell: (row) => signed(differenceOf(row)),
    },
    {
      key: 'effect',
      title: t('effect'),
      figure: true,
      text: (row) => row.effect ?? '',
      order: (a, b) => Number(a.effect ?? 0) - Number(b.effect ?? 0),
      cell: (row) => (
        <>
          {signedText(placed(row.effect, 2))} {row.effect_size && <span className="quiet">{t(`effect_${row.effect_size}`)}</span>}
        </>
      ),
    },
    { key: 'p', title: 'p', figure: true, optional: true, text: (row) => row.p_value ?? '', cell: (row) => probability(row.p_value) },
    {
      key: 'adjusted',
      title: t('pAdjusted'),
      figure: true,
      text: (row) => row.p_adjusted ?? '',
      order: (a, b) => Number(a.p_adjusted ?? 2) - Number(b.p_adjusted ?? 2),
      cell: (row) => probability(row.p_adjusted),
    },
  ];
  return (
    <Listing
      name="consistency"
      file={`${circumstance}-${period}`}
      caption={t(`contrast_${circumstance}`)}
      rowKey={(row) => row.staff_no ?? ''}
      columns={columns}
      rows={compared.agents}
      empty={t('noContrasts')}
      tools={tools}
      note={<span className="wide-only">{t('consistencyHint')}</span>}
    />
  );
}

export function Consistency() {
  const { t } = useTranslation('checks');
  const { period, set } = usePeriod();
  const contrasts = useConsistency(period);
  const [chosen, setChosen] = useState<Circumstance>('inspected');
  if (contrasts.isError) return <Trouble problem={contrasts.error} onRetry={contrasts.refetch} />;
  if (contrasts.isPending) return <Skeleton active />;
  const all = comparedOf(contrasts.data);
  const shown = all.find(({ circumstance }) => circumstance === chosen);
  return (
    <div className="stack">
      <p>
        {t('consistencyIs')} <ClauseLink clause="F3.6" />
      </p>
      <div className="contrasts">
        {all.map((compared) => (
          <Card key={compared.circumstance} compared={compared} isChosen={compared.circumstance === chosen} onChoose={() => setChosen(compared.circumstance)} />
        ))}
      </div>
      {shown && (
        <Agents
          compared={shown}
          period={`${period.from}-${period.to}`}
          tools={<DayRange from={period.from} to={period.to} onChange={(from, to) => set({ from, to })} />}
        />
      )}
    </div>
  );
}
