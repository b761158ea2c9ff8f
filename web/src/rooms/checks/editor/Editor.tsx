// A check is written: form and YAML side by side, the compiler's word below, and the bench and last month to try it on.
import { Alert, Button, ConfigProvider, Skeleton } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router-dom';

import type { CheckListed, CheckOperators } from '../../../api/schema';
import { Panel } from '../../../shell/Panel';
import { TabBar } from '../../../shell/TabBar';
import { useLabel } from '../../../shell/label';
import { Bench } from '../bench/Bench';
import { useOperators } from '../data';
import { Trial } from '../trial/Trial';
import { CheckFields } from './CheckFields';
import { SurroundingsContext } from './context';
import { type CheckForm, fieldsOf, namesOf, textOf } from './form';
import { Problems } from './Problems';
import { PutIntoDraft } from './PutIntoDraft';
import { useCheckText } from './useCheckText';
import { YamlField } from './YamlField';

interface Props {
  name: string; // under which this machine keeps what is typed
  base: string;
  isNew: boolean;
  draft: number | undefined; // that it is written for
  included: CheckListed | undefined; // it stands in a pack that ours includes: it is only read
}

const tries = ['bench', 'trial'] as const;

function Form({ form, isNew, operators, onChange }: { form: CheckForm | undefined; isNew: boolean; operators: CheckOperators; onChange: (form: CheckForm) => void }) {
  const { t } = useTranslation('checks');
  const names = form ? namesOf(form).join(' ') : '';
  const surroundings = useMemo(() => ({ operators, names: names.split(' ').filter(Boolean) }), [operators, names]);
  if (!form) return <p className="quiet">{t('noForm')}</p>;
  return (
    <SurroundingsContext.Provider value={surroundings}>
      <CheckFields form={form} isNew={isNew} onChange={onChange} />
    </SurroundingsContext.Provider>
  );
}

// Why it cannot be changed, and what can be done instead.
function Included({ check }: { check: CheckListed }) {
  const { t } = useTranslation('checks');
  const navigate = useNavigate();
  return (
    <Alert
      type="info"
      showIcon
      message={t('includedCheck', { rule: check.rule })}
      description={t('includedHint')}
      action={<Button onClick={() => navigate(`/checks/edit?copy=${check.id}`)}>{t('copyCheck')}</Button>}
    />
  );
}

export function Editor({ name, base, isNew, draft, included }: Props) {
  const { t } = useTranslation('checks');
  const say = useLabel();
  const operators = useOperators();
  const { text, written, isChanged, forget } = useCheckText(name, base);
  const [line, setLine] = useState<number>();
  const [trying, setTrying] = useState<(typeof tries)[number]>('bench');
  const { form, problems, progress } = written;
  const label = fieldsOf(form?.body.label);
  const title = form ? say({ zh: textOf(label.zh) || form.id, en: textOf(label.en) || form.id }) : t('newCheck');
  const isSound = progress === 'settled' && problems.every(({ severity }) => severity !== 'error') && form !== undefined;
  const hasComments = /(^|\s)#/m.test(written.yaml);
  return (
    <>
      <div className="page-head">
        <Link to={draft === undefined ? '/checks' : `/checks/drafts/${draft}`}>{t(draft === undefined ? 'checks' : 'draftOf', { number: draft })}</Link>
        <span className="quiet" aria-hidden>
          /
        </span>
        <h1>{title}</h1>
        {form && <code className="quiet">{form.id}</code>}
        <span className="grow" />
        {isChanged && <Button onClick={() => text.typed(base)}>{t('discard')}</Button>}
        {!included && <PutIntoDraft draft={draft} yaml={written.yaml} ready={isSound && isChanged} onDone={forget} />}
      </div>
      {included && <Included check={included} />}
      <div className="editor">
        <Panel title={t('form')} extra={hasComments && <span className="quiet">{t('commentsGo')}</span>}>
          <ConfigProvider componentDisabled={included !== undefined}>
            {operators.data ? <Form form={form} isNew={isNew} operators={operators.data} onChange={(next) => text.filled(next)} /> : <Skeleton active />}
          </ConfigProvider>
        </Panel>
        <Panel title="YAML" className="editor-yaml">
          <YamlField yaml={written.yaml} problems={problems} line={line} isRead={included !== undefined} onChange={(yaml) => text.typed(yaml)} />
          <Problems written={written} onLine={setLine} />
          {isChanged && <Alert type="info" showIcon message={t('keptHere')} />}
        </Panel>
      </div>
      <TabBar label={t('tryIt')} tabs={tries.map((key) => ({ key, title: t(key) }))} current={trying} onChange={(key) => setTrying(key as 'bench')} />
      {trying === 'bench' ? <Bench yaml={written.yaml} ready={isSound} onLine={setLine} /> : <Trial yaml={written.yaml} id={form?.id} ready={isSound} />}
    </>
  );
}
