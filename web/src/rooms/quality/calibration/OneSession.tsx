// One session: scored blind by its inspectors, then compared and agreed on.
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';

import type { Calibration } from '../../../api/schema';
import { TabBar } from '../../../shell/TabBar';
import { Agreement } from './Agreement';
import { State } from './CalibrationPage';
import { Compared } from './Compared';
import { useSessionStep } from './data';
import { Scoring } from './Scoring';

function Steps({ session }: { session: Calibration }) {
  const { t } = useTranslation('calibration');
  const { modal, message } = App.useApp();
  const step = useSessionStep(session.number);
  const { title } = session;
  const take = async (which: 'compare' | 'close') => {
    try {
      await step.mutateAsync(which);
      void message.success(t('stepDone', { title, step: t(which) }));
    } catch (problem) {
      void message.error(problem instanceof Error ? problem.message : String(problem));
    }
  };
  const texts = {
    compare: { question: t('compareQuestion', { title }), warning: t('compareWarning') },
    close: { question: t('closeQuestion', { title }), warning: t('closeWarning') },
  };
  return (['compare', 'close'] as const)
    .filter((which) => session.actions.includes(which))
    .map((which) => (
      <Button
        key={which}
        type="primary"
        loading={step.isPending}
        onClick={() => void modal.confirm({ title: texts[which].question, content: texts[which].warning, okText: t(which), onOk: () => take(which) })}
      >
        {t(which)}
      </Button>
    ));
}

function Participants({ session }: { session: Calibration }) {
  const { t } = useTranslation('calibration');
  return (
    <section className="panel strip" aria-label={t('participants')}>
      {session.inspectors.map(({ staff_no, name, places }) => (
        <span key={staff_no}>
          {name ?? staff_no} <span className="quiet">{t('readingsOf', { done: places.length, all: session.records.length })}</span>
        </span>
      ))}
      <span className="grow" />
      {session.state === 'scoring' && <span className="quiet">{t('blind')}</span>}
    </section>
  );
}

export function OneSession({ session }: { session: Calibration }) {
  const { t } = useTranslation('calibration');
  const [place, setPlace] = useState(1);
  const record = session.records.find((one) => one.place === place);
  const tabs = session.records.map((one) => ({ key: String(one.place), title: t('record', { place: one.place }) }));
  return (
    <div className="page">
      <div className="page-head">
        <h1>{session.title}</h1>
        <State state={session.state} />
        <Link to="/calibration">{t('back')}</Link>
        <span className="grow" />
        <div className="page-actions">
          <Steps session={session} />
        </div>
      </div>
      <div className="stack">
        <Participants session={session} />
        <div>
          <TabBar label={t('records')} tabs={tabs} current={String(place)} onChange={(key) => setPlace(Number(key))} />
          {record &&
            (session.state === 'scoring' ? (
              <Scoring key={place} session={session} record={record} />
            ) : (
              <Compared key={place} session={session} record={record} />
            ))}
        </div>
        {session.state !== 'scoring' && <Agreement session={session} />}
      </div>
    </div>
  );
}
