// The pack by clause: what the regulation says, which rule carries it out, with which figures.
import { useQuery } from '@tanstack/react-query';
import { Alert, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router-dom';

import { get } from '../../api/client';
import type { Clause, PackProblem, Regulation, Rule } from '../../api/schema';
import { band } from '../../shell/format';
import { useLabel, useUnit } from '../../shell/label';
import { Mark, type Tone } from '../../shell/Mark';
import { Nothing, Trouble } from '../../shell/Nothing';
import { Panel } from '../../shell/Panel';
import { SearchField } from '../../shell/SearchField';

// A pack that nothing came before holds since ever.
const sinceEver = '1900-01-01';
const coverages = ['computed', 'recorded', 'informative'] as const;
type Coverage = (typeof coverages)[number];

const tones: Partial<Record<string, Tone>> = { computed: 'good', recorded: 'info', informative: 'plain' };

function OneRule({ rule }: { rule: Rule }) {
  const say = useLabel();
  const unit = useUnit();
  const written = (text: string) => band(text).replace(/(seconds|minutes|percent|points|yuan)$/, unit);
  return (
    <section style={{ marginTop: 14 }}>
      <div className="row">
        <h3 style={{ fontSize: 13 }}>{say(rule.label)}</h3>
        <code className="quiet">{rule.rule}</code>
      </div>
      {rule.parameters.length > 0 && (
        <table className="plain-table">
          <tbody>
            {rule.parameters.map((parameter) => (
              <tr key={parameter.name}>
                <td className="quiet" style={{ width: '40%' }}>
                  {written(parameter.name)}
                </td>
                <td>{written(parameter.value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function OneClause({ clause }: { clause: Clause }) {
  const { t } = useTranslation('regulation');
  const say = useLabel();
  return (
    <Panel
      title={
        <>
          <span className="clause">{clause.id}</span> {say(clause.title)}
        </>
      }
      extra={<Mark tone={tones[clause.coverage] ?? 'plain'}>{t(clause.coverage)}</Mark>}
    >
      <p className="clause-text">{say(clause.text)}</p>
      {clause.reason && <p className="quiet">{say(clause.reason)}</p>}
      {clause.rules.map((rule) => (
        <OneRule key={rule.id + rule.rule} rule={rule} />
      ))}
      {clause.source && (
        <p className="quiet" style={{ marginTop: 12 }}>
          {t('source')}: {clause.source}
        </p>
      )}
    </Panel>
  );
}

function Findings({ problems }: { problems: PackProblem[] }) {
  const { t } = useTranslation('regulation');
  if (problems.length === 0) return <Alert type="success" showIcon message={t('clean')} />;
  return (
    <Panel title={t('problems')} extra={<span className="quiet">{problems.length}</span>}>
      <div className="scroll" tabIndex={0} role="region" aria-label={t('problems')}>
        <ul className="plain-list">
          {problems.map((problem) => (
            <li key={problem.place + problem.text}>
              <Mark tone={problem.severity === 'error' ? 'bad' : problem.severity === 'warning' ? 'warn' : 'info'}>
                {t(`severity_${problem.severity}`, { defaultValue: problem.severity })}
              </Mark>
              <span>
                <code className="quiet">{problem.place}</code> {problem.text} {problem.mend}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  );
}

export default function RegulationPage() {
  const { t } = useTranslation('regulation');
  const say = useLabel();
  const [search] = useSearchParams();
  const chosen = search.get('clause');
  const [asked, setAsked] = useState('');
  const [coverage, setCoverage] = useState<Coverage>();
  const regulation = useQuery({ queryKey: ['regulation'], queryFn: ({ signal }) => get<Regulation>('/regulation', signal) });
  if (regulation.isPending) return <Skeleton active className="page" />;
  if (!regulation.data) return <Trouble problem={regulation.error} onRetry={regulation.refetch} />;
  const data = regulation.data;
  const shown = data.clauses
    .filter((clause) => !coverage || clause.coverage === coverage)
    .filter((clause) => `${clause.id} ${say(clause.title)} ${say(clause.text)}`.toLowerCase().includes(asked.toLowerCase()));
  const current = data.clauses.find((clause) => clause.id === chosen) ?? shown[0];
  const counted = (which: Coverage) => data.clauses.filter((clause) => clause.coverage === which).length;
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('regulation')}</h1>
        <Mark>{say(data.title)}</Mark>
        <code className="quiet" title={data.version}>
          {data.version.slice(0, 12)}
        </code>
        {data.effective_from && data.effective_from > sinceEver && <span className="quiet">{t('since', { day: data.effective_from })}</span>}
        <SearchField label={t('find')} value={asked} onSearch={(text) => setAsked(text ?? '')} width={200} />
        <Select
          aria-label={t('coverage')}
          allowClear
          placeholder={t('coverage')}
          value={coverage ?? null}
          options={coverages.map((value) => ({ value, label: `${t(value)} (${counted(value)})` }))}
          onChange={(value: Coverage | null) => setCoverage(value ?? undefined)}
          style={{ minWidth: 150 }}
        />
      </div>
      <div className="stack">
        <Findings problems={data.problems} />
        <div className="two-columns">
          <section className="panel">
            <ul className="clause-list" aria-label={t('clauses')}>
              {shown.map((clause) => (
                <li key={clause.id}>
                  <Link to={`/regulation?clause=${encodeURIComponent(clause.id)}`} aria-current={clause.id === current?.id}>
                    <span className="clause">{clause.id}</span>
                    <span>{say(clause.title)}</span>
                    <Mark tone={tones[clause.coverage] ?? 'plain'}>{t(clause.coverage)}</Mark>
                  </Link>
                </li>
              ))}
            </ul>
            {shown.length === 0 && <Nothing title={t('noClause')} />}
          </section>
          {current && <OneClause clause={current} />}
        </div>
      </div>
    </div>
  );
}
