// One inspection as a result: its score and why, what was found and where, questions, appeals.
import { App, Button, Popconfirm, Skeleton } from 'antd';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';

import type { FindingSpan, Inspection, InspectionFinding, QualityTalk, Rubric } from '../../../api/schema';
import { distance, placed, shortened, wallClock } from '../../../shell/format';
import { useLabel } from '../../../shell/label';
import { Mark } from '../../../shell/Mark';
import { Trouble } from '../../../shell/Nothing';
import { Panel } from '../../../shell/Panel';
import { usePrincipal } from '../../../shell/session';
import type { RecordControls } from '../../contacts/ContactRecord';
import { useTranscript } from '../../contacts/record';
import { useInspection, useRubricOf, useStep, useTalksOf, useThread } from '../shared/data';
import { InspectedRecord } from '../shared/InspectedRecord';
import { itemOf } from '../shared/rubric';
import { InspectionMark } from '../shared/States';
import { Said, Say } from '../shared/Thread';
import { WhyDrawer } from '../shared/WhyDrawer';
import { useAppealsOf } from './data';
import { FindingEntry } from './FindingEntry';
import { Supervising } from './Supervising';

function Acknowledge({ inspection }: { inspection: Inspection }) {
  const { t } = useTranslation('quality');
  const { message } = App.useApp();
  const step = useStep(inspection.key);
  if (!inspection.actions.includes('acknowledge')) return null;
  return (
    <Popconfirm
      title={t('acknowledgeHint')}
      okText={t('acknowledge')}
      onConfirm={() => step.mutate({ step: 'acknowledge' }, { onError: (problem) => void message.error(problem.message || t('notDone')) })}
    >
      <Button type="primary" loading={step.isPending}>
        {t('acknowledge')}
      </Button>
    </Popconfirm>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

// What feedback must say (Q4.4), above what was found.
function Summary({ inspection, rubric, own }: { inspection: Inspection; rubric: Rubric; own: boolean }) {
  const { t } = useTranslation('quality');
  const [whyOpen, setWhyOpen] = useState(false);
  const until = inspection.appeal_until;
  return (
    <section className="panel result-top" aria-label={t('score')}>
      <div className="row">
        <span className="result-score">{placed(inspection.score, 2)}</span>
        <span className="quiet">/ {shortened(rubric.full_mark)}</span>
        {inspection.score !== null && (
          <Button type="link" size="small" onClick={() => setWhyOpen(true)}>
            {t('why')}
          </Button>
        )}
        <span className="grow" />
        {own && <Acknowledge inspection={inspection} />}
        <Supervising inspection={inspection} />
      </div>
      <dl className="sheet-facts">
        <Fact name={t('inspectedAt')}>{inspection.submitted_at ? wallClock(inspection.submitted_at).slice(0, 16) : '—'}</Fact>
        <Fact name={t('agent')}>
          {inspection.name ?? ''} {inspection.staff_no}
        </Fact>
        <Fact name={t('recordNo')}>
          <code>{inspection.contact}</code>
        </Fact>
        <Fact name={t('inspector')}>{inspection.inspector_name ?? inspection.inspector}</Fact>
        {own && until && new Date(until) > new Date() && (
          <Fact name={t('canAppeal')}>
            <span title={wallClock(until)}>{t('until', { distance: distance(until, new Date()) })}</span>
          </Fact>
        )}
      </dl>
      {inspection.reason !== '' && <p className="told">{inspection.reason}</p>}
      <WhyDrawer inspection={inspection.key} open={whyOpen} onClose={() => setWhyOpen(false)} />
    </section>
  );
}

function Talked({ talks }: { talks: readonly QualityTalk[] }) {
  const { t } = useTranslation('quality');
  if (talks.length === 0) return null;
  return (
    <Panel title={t('talks')}>
      {talks.map((talk) => (
        <div key={talk.number} className="question">
          <Mark tone={talk.state === 'due' ? 'warn' : 'good'}>{t(talk.state === 'due' ? 'talkStillDue' : 'talkRecorded')}</Mark> {t(`about_${talk.about}`)}{' '}
          {talk.recorded_at && <span className="quiet">{wallClock(talk.recorded_at).slice(0, 16)}</span>}
          {talk.record !== '' && <p className="told">{talk.record}</p>}
        </div>
      ))}
    </Panel>
  );
}

function Result({ inspection, rubric }: { inspection: Inspection; rubric: Rubric }) {
  const { t } = useTranslation('quality');
  const say = useLabel();
  const principal = usePrincipal();
  const own = principal.staff_no === inspection.staff_no;
  const isPublic = inspection.state === 'published' || inspection.state === 'acknowledged';
  const record = useRef<RecordControls>(null);
  const [chosen, setChosen] = useState<number>();
  const transcript = useTranscript(inspection.contact);
  const turns = useMemo(() => transcript.data?.turns ?? [], [transcript.data]);
  const appeals = useAppealsOf(inspection.key, isPublic);
  const thread = useThread(inspection.key, isPublic);
  const talks = useTalksOf(inspection.key, isPublic);
  const messages = thread.data ?? [];
  const { findings, bonuses, not_applicable } = inspection.marks;

  const go = (finding: InspectionFinding, span: FindingSpan) => {
    setChosen(finding.number);
    if (span.of === 'time') record.current?.seek(span.from);
    if (span.of === 'text') record.current?.goTo(span.turn);
  };
  const choose = (number: number) => {
    setChosen(number);
    document.getElementById(`finding-${number}`)?.scrollIntoView({ block: 'nearest' });
  };
  const others = messages.filter((message) => message.finding === null);
  return (
    <div className="result">
      <div className="stack result-findings">
        <Summary inspection={inspection} rubric={rubric} own={own} />
        <Panel title={t('findings')} extra={<span className="quiet">{findings.length}</span>}>
          {findings.length === 0 && <p className="quiet">{t('nothingFound')}</p>}
          <ul className="finding-entries">
            {findings.map((finding) => (
              <FindingEntry
                key={finding.number}
                inspection={inspection}
                finding={finding}
                rubric={rubric}
                turns={turns}
                appeal={appeals.data?.find((appeal) => appeal.finding === finding.number)}
                messages={messages.filter((message) => message.finding === finding.number)}
                own={own}
                isPublic={isPublic}
                chosen={finding.number === chosen}
                onGo={go}
              />
            ))}
          </ul>
          {bonuses.map((given) => {
            const rule = rubric.bonuses.find(({ id }) => id === given.bonus);
            return (
              <p key={given.bonus}>
                <span className="rise">+{given.points}</span> {rule ? say(rule.label) : given.bonus} <span className="quiet">{given.reason}</span>
              </p>
            );
          })}
          {not_applicable.length > 0 && (
            <p className="quiet">
              {t('notApplied', {
                items: not_applicable
                  .map((id) => {
                    const item = itemOf(rubric, id);
                    return item ? say(item.label) : id;
                  })
                  .join(t('listComma')),
              })}
            </p>
          )}
        </Panel>
        <Talked talks={talks.data ?? []} />
        {isPublic && (
          <Panel title={t('questionsOfWhole')}>
            {others.length > 0 && <Said messages={others} />}
            <Say inspection={inspection.key} />
          </Panel>
        )}
      </div>
      <Panel title={t('evidence')} className="result-record">
        <InspectedRecord
          contact={inspection.contact}
          channel={inspection.channel}
          findings={findings}
          rubric={rubric}
          controls={record}
          chosen={chosen}
          onChoose={choose}
        />
      </Panel>
    </div>
  );
}

export function OneResult({ inspection: key }: { inspection: string }) {
  const { t } = useTranslation('quality');
  const inspection = useInspection(key);
  const rubric = useRubricOf(key);
  const failed = inspection.error ?? rubric.error;
  if (failed && !inspection.data) {
    return (
      <div className="page">
        <Trouble problem={failed} onRetry={inspection.refetch} />
      </div>
    );
  }
  if (!inspection.data || !rubric.data) return <Skeleton active className="page" />;
  const { data } = inspection;
  return (
    <div className="page">
      <div className="page-head">
        <h1>
          <Link to="/results" className="back-link" aria-label={t('allResults')}>
            ←
          </Link>{' '}
          {data.name ?? data.staff_no}
        </h1>
        <span className="quiet">{[data.group, t(`channel_${data.channel}`), data.product, wallClock(data.occurred_at).slice(0, 16)].filter(Boolean).join(' · ')}</span>
        <InspectionMark state={data.state} />
      </div>
      <Result key={data.key} inspection={data} rubric={rubric.data} />
    </div>
  );
}
