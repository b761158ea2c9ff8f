// The pages of automatic checks: those in force, drafts of changes, one that is being written.
import { Button, Skeleton } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router-dom';

import { useHasRole } from '../../shell/session';
import { TabBar } from '../../shell/TabBar';
import { CheckList } from './CheckList';
import { DraftList } from './drafts/DraftList';
import { OneDraft } from './drafts/OneDraft';
import { Consistency } from './statistics/Consistency';
import { Statistics } from './statistics/Statistics';

const EditorPage = lazy(() => import('./editor/EditorPage'));

const parts = ['list', 'drafts', 'statistics', 'consistency'] as const;
type Part = (typeof parts)[number];

export default function ChecksPage() {
  const { t } = useTranslation('checks');
  const navigate = useNavigate();
  const { part = 'list', id } = useParams();
  const writes = useHasRole('qa_supervisor', 'manager');
  if (part === 'edit') {
    return (
      <div className="page">
        <Suspense fallback={<Skeleton active />}>
          <EditorPage />
        </Suspense>
      </div>
    );
  }
  if (part === 'drafts' && id !== undefined) {
    return (
      <div className="page">
        <OneDraft number={Number(id)} />
      </div>
    );
  }
  const current = parts.find((one) => one === part) ?? 'list';
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('checks')}</h1>
        <span className="grow" />
        {writes && (
          <Button type="primary" onClick={() => navigate('/checks/edit')}>
            {t('newCheck')}
          </Button>
        )}
      </div>
      {writes && (
        <TabBar
          label={t('checks')}
          tabs={parts.map((key) => ({ key, title: t(`tab_${key}`) }))}
          current={current}
          onChange={(key) => navigate((key as Part) === 'list' ? '/checks' : `/checks/${key}`)}
        />
      )}
      {current === 'list' && <CheckList writes={writes} />}
      {current === 'drafts' && <DraftList />}
      {current === 'statistics' && <Statistics />}
      {current === 'consistency' && <Consistency />}
    </div>
  );
}
