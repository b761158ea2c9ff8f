// One person: how things stand, how they stood, and a change from a day on.
import { Button, Descriptions, Drawer, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';

import type { Person } from '../../api/schema';
import { DataTable } from '../../shell/DataTable';
import { Trouble } from '../../shell/Nothing';
import { usePrincipal } from '../../shell/session';
import { usePerson } from './data';
import { PersonForm, useMayEditPeople } from './PersonForm';

function Standing({ person }: { person: Person }) {
  const { t } = useTranslation('people');
  return (
    <Descriptions size="small" column={{ xs: 1, md: 2 }} bordered>
      <Descriptions.Item label={t('group')}>{person.group || '—'}</Descriptions.Item>
      <Descriptions.Item label={t('position')}>{t(person.position)}</Descriptions.Item>
      <Descriptions.Item label={t('hiredOn')}>{person.hired_on ?? '—'}</Descriptions.Item>
      <Descriptions.Item label={t('probationUntil')}>{person.probation_until ?? '—'}</Descriptions.Item>
      <Descriptions.Item label={t('leftOn')}>{person.left_on ?? '—'}</Descriptions.Item>
      <Descriptions.Item label={t('products')}>{person.products.join('、') || '—'}</Descriptions.Item>
      <Descriptions.Item label={t('phoneIds')}>
        <code>{person.phone_ids.join(' ') || '—'}</code>
      </Descriptions.Item>
    </Descriptions>
  );
}

function History({ person }: { person: Person }) {
  const { t } = useTranslation('people');
  return (
    <>
      <h3 style={{ fontSize: 14 }}>{t('history')}</h3>
      <DataTable
        caption={t('history')}
        rows={person.history}
        rowKey={(row) => row.effective_from ?? ''}
        columns={[
          { key: 'from', title: t('from'), cell: (row) => row.effective_from ?? person.hired_on },
          { key: 'group', title: t('group'), cell: (row) => row.group },
          { key: 'position', title: t('position'), cell: (row) => t(row.position) },
          { key: 'probation', title: t('probationUntil'), cell: (row) => row.probation_until },
          { key: 'products', title: t('products'), cell: (row) => row.products.join('、') },
          { key: 'phones', title: t('phoneIds'), cell: (row) => <code>{row.phone_ids.join(' ')}</code> },
        ]}
      />
    </>
  );
}

export function OnePerson({ staff, onClose }: { staff: string | undefined; onClose: () => void }) {
  const { t } = useTranslation('people');
  const principal = usePrincipal();
  const person = usePerson(staff);
  const mayEdit = useMayEditPeople();
  const [editing, setEditing] = useState<string>();
  const data = person.data;
  return (
    <Drawer
      open={staff !== undefined}
      onClose={onClose}
      title={data ? `${data.name} ${data.staff_no}` : (staff ?? '')}
      width="min(720px, 100vw)"
      extra={data && principal.pages.includes('month') && <Link to={`/sheet/latest/${encodeURIComponent(data.staff_no)}`}>{t('toSheet')}</Link>}
    >
      {person.isPending && <Skeleton active />}
      {person.isError && <Trouble problem={person.error} onRetry={person.refetch} />}
      {data && !person.isError && (
        <div className="stack">
          {editing === data.staff_no ? (
            <PersonForm person={data} onDone={() => setEditing(undefined)} />
          ) : (
            <>
              <Standing person={data} />
              {mayEdit && (
                <Button style={{ justifySelf: 'start' }} onClick={() => setEditing(data.staff_no)}>
                  {t('edit')}
                </Button>
              )}
            </>
          )}
          {data.history.length > 0 && <History person={data} />}
        </div>
      )}
    </Drawer>
  );
}
