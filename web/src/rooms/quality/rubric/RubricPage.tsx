// The rubric in force: severities and what they cost, the items by dimension, on which channel each is looked at.
import { Select, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router-dom';

import type { Rubric, RubricDimension, RubricItem } from '../../../api/schema';
import { ClauseLink } from '../../../shell/ClauseLink';
import { useLabel } from '../../../shell/label';
import { Mark } from '../../../shell/Mark';
import { Nothing, Trouble } from '../../../shell/Nothing';
import { Panel } from '../../../shell/Panel';
import { usePrincipal } from '../../../shell/session';
import { useFilters } from '../../../shell/useCursorList';
import { forChannel, itemsOf, useGuidance, useRubrics } from './rubrics';
import './rubric.css';

const filterNames = ['channel'] as const;

function Scale({ rubric }: { rubric: Rubric }) {
  const { t } = useTranslation('rubric');
  const say = useLabel();
  return (
    <Panel title={t('scale')} extra={<span className="quiet">{t('fullMark', { full: rubric.full_mark, floor: rubric.floor })}</span>}>
      <ol className="severity-scale">
        {rubric.severities.map((severity) => (
          <li key={severity.id}>
            <strong>{say(severity.label)}</strong>
            <span>{t('scaleOf', { low: severity.low, high: severity.high })}</span>
            {severity.talk && <Mark tone="bad">{t('talk')}</Mark>}
            <span className="grow" />
            <ClauseLink clause={severity.clause} />
          </li>
        ))}
      </ol>
    </Panel>
  );
}

// What calibration has taught about the item; its session for those who may see it.
function Guidance({ item }: { item: string }) {
  const { t } = useTranslation('rubric');
  const { pages } = usePrincipal();
  const learnt = (useGuidance().data ?? []).filter((one) => one.item === item);
  if (learnt.length === 0) return null;
  return (
    <ul className="rubric-guidance" aria-label={t('guidance')}>
      {learnt.map(({ session, place, words }) => (
        <li key={`${session}-${place}`}>
          {words} {pages.includes('calibration') && <Link to={`/calibration/${session}`}>{t('fromSession', { session })}</Link>}
        </li>
      ))}
    </ul>
  );
}

function Item({ item, rubric }: { item: RubricItem; rubric: Rubric }) {
  const { t } = useTranslation('rubric');
  const say = useLabel();
  const everywhere = item.channels.length === rubric.channels.length;
  return (
    <li>
      <div className="rubric-item">
        <span>{say(item.label)}</span>
        {item.zero_tolerance && <Mark tone="bad">{t('zeroTolerance')}</Mark>}
        {item.may_not_apply && <Mark>{t('mayNotApply')}</Mark>}
        {item.weight !== null && <span className="quiet">{t('weight', { weight: item.weight })}</span>}
        <span className="grow" />
        {!everywhere && item.channels.map((channel) => <Mark key={channel}>{t(`quality:channel_${channel}`, { defaultValue: channel })}</Mark>)}
        <ClauseLink clause={item.clause} />
      </div>
      {item.answers.length > 0 && (
        <div className="quiet">
          {item.answers.map((answer) => `${say(answer.label)} ${t('share', { share: answer.share })}`).join(' · ')}
        </div>
      )}
      <Guidance item={item.id} />
    </li>
  );
}

function Dimension({ dimension, rubric }: { dimension: RubricDimension; rubric: Rubric }) {
  const { t } = useTranslation('rubric');
  const say = useLabel();
  return (
    <Panel title={say(dimension.label)} extra={<span className="quiet">{t('items', { count: dimension.items.length })}</span>}>
      <ul className="rubric-items">
        {dimension.items.map((item) => (
          <Item key={item.id} item={item} rubric={rubric} />
        ))}
      </ul>
    </Panel>
  );
}

function Bonuses({ rubric }: { rubric: Rubric }) {
  const { t } = useTranslation('rubric');
  const say = useLabel();
  if (rubric.bonuses.length === 0) return null;
  return (
    <Panel title={t('bonuses')}>
      <ul className="rubric-items">
        {rubric.bonuses.map((bonus) => (
          <li key={bonus.id} className="rubric-item">
            <span>{say(bonus.label)}</span>
            <span className="grow" />
            <span className="quiet">
              +{bonus.low}–{bonus.high}
            </span>
            <ClauseLink clause={bonus.clause} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Head({ rubric, rubrics }: { rubric: Rubric; rubrics: Rubric[] }) {
  const { t } = useTranslation('rubric');
  const say = useLabel();
  const navigate = useNavigate();
  const { values, set } = useFilters(filterNames);
  return (
    <div className="page-head">
      <h1>{t('rubric')}</h1>
      {rubrics.length > 1 ? (
        <Select
          aria-label={t('rubric')}
          value={rubric.id}
          options={rubrics.map((one) => ({ value: one.id, label: say(one.label) }))}
          onChange={(id: string) => navigate(`/rubric/${id}`)}
          style={{ minWidth: 140 }}
        />
      ) : (
        <span>{say(rubric.label)}</span>
      )}
      <Mark tone="info">{t(rubric.form)}</Mark>
      <ClauseLink clause={rubric.clause} />
      <span className="quiet" title={rubric.version}>
        {t('items', { count: itemsOf(rubric).length })} · {t('version', { version: rubric.version.slice(0, 12) })}
      </span>
      <span className="grow" />
      <Select
        aria-label={t('channel')}
        allowClear
        placeholder={t('allChannels')}
        value={values.channel ?? null}
        options={rubric.channels.map((channel) => ({ value: channel, label: t(`quality:channel_${channel}`, { defaultValue: channel }) }))}
        onChange={(channel: string | null) => set({ channel: channel ?? undefined })}
        style={{ minWidth: 120 }}
      />
    </div>
  );
}

export default function RubricPage() {
  const { t } = useTranslation('rubric');
  const rubrics = useRubrics();
  const { id } = useParams();
  const { values } = useFilters(filterNames);
  if (rubrics.isPending) return <Skeleton active className="page" />;
  if (!rubrics.data) return <Trouble problem={rubrics.error} onRetry={rubrics.refetch} />;
  const rubric = rubrics.data.find((one) => one.id === id) ?? rubrics.data[0];
  if (!rubric) return <Nothing title={t('noRubric')} />;
  const dimensions = forChannel(rubric, values.channel);
  return (
    <div className="page">
      <Head rubric={rubric} rubrics={rubrics.data} />
      <div className="stack">
        {rubric.severities.length > 0 && <Scale rubric={rubric} />}
        {dimensions.length === 0 && <Nothing title={t('noneForChannel')} />}
        <div className="dimensions">
          {dimensions.map((dimension) => (
            <Dimension key={dimension.id} dimension={dimension} rubric={rubric} />
          ))}
          <Bonuses rubric={rubric} />
        </div>
      </div>
    </div>
  );
}
