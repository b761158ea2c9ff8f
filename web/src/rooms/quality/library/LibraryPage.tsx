// The recording library: all that may be seen, by kind and tag, or one record.
import { Alert, Button, Drawer, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router-dom';

import type { LibraryRow } from '../../../api/schema';
import { wallClock } from '../../../shell/format';
import { Listing, type ListColumn } from '../../../shell/Listing';
import { Mark, type Tone } from '../../../shell/Mark';
import { useHasRole } from '../../../shell/session';
import { useFilters } from '../../../shell/useCursorList';
import { type About, AboutFields, kinds } from './AboutFields';
import { useAddEntry, useLibrary } from './data';
import { OneEntry } from './OneEntry';
import './library.css';

const tones: Record<LibraryRow['state'], Tone> = { draft: 'warn', shared: 'good', withdrawn: 'plain' };
const filterNames = ['kind', 'tag', 'add'] as const;

export function Standing({ row }: { row: LibraryRow }) {
  const { t } = useTranslation('library');
  return <Mark tone={tones[row.state]}>{t(row.state)}</Mark>;
}

function AddForm({ contact, onClose, onAdded }: { contact: string; onClose: () => void; onAdded: (number: number) => void }) {
  const { t } = useTranslation('library');
  const add = useAddEntry();
  const [entry, setEntry] = useState<About & { contact: string }>({ contact, kind: 'typical', title: '', note: '', tags: [] });
  const put = (changed: Partial<typeof entry>) => setEntry({ ...entry, ...changed });
  const ready = entry.contact.trim() !== '' && entry.title.trim() !== '';
  const send = () => add.mutate({ ...entry, contact: entry.contact.trim() }, { onSuccess: (added) => onAdded(added.entry.number) });
  return (
    <Drawer
      open
      onClose={onClose}
      title={t('add')}
      width="min(560px, 100vw)"
      extra={
        <Button type="primary" loading={add.isPending} disabled={!ready} onClick={send}>
          {t('save')}
        </Button>
      }
    >
      <div className="stack">
        {add.isError && <Alert type="error" showIcon message={add.error.message} />}
        <label className="library-field">
          <span>{t('contact')}</span>
          <Input value={entry.contact} onChange={(event) => put({ contact: event.target.value })} />
        </label>
        <AboutFields about={entry} put={put} />
      </div>
    </Drawer>
  );
}

function Entries() {
  const { t } = useTranslation('library');
  const navigate = useNavigate();
  const { values, set } = useFilters(filterNames);
  const library = useLibrary(values.kind, values.tag);
  const mayKeep = useHasRole('inspector', 'qa_supervisor');
  const columns: ListColumn<LibraryRow>[] = [
    { key: 'title', title: t('title'), text: (row) => row.title, cell: (row) => <Link to={`/library/${row.number}`}>{row.title}</Link> },
    { key: 'kind', title: t('kind'), text: (row) => t(row.kind), cell: (row) => <Mark tone={row.kind === 'outstanding' ? 'good' : 'info'}>{t(row.kind)}</Mark> },
    {
      key: 'tags',
      title: t('tags'),
      text: (row) => row.tags.join(' '),
      cell: (row) =>
        row.tags.map((tag) => (
          <button key={tag} type="button" className="cell-button library-tag" onClick={() => set({ tag })}>
            #{tag}
          </button>
        )),
    },
    { key: 'note', title: t('note'), cell: (row) => <span className="cut">{row.note}</span>, text: (row) => row.note },
    { key: 'channel', title: t('channel'), cell: (row) => t(`quality:channel_${row.channel}`, { defaultValue: row.channel }) },
    { key: 'state', title: t('state'), text: (row) => t(row.state), cell: (row) => <Standing row={row} /> },
    { key: 'shared_at', title: t('sharedAt'), cell: (row) => (row.shared_at ? wallClock(row.shared_at).slice(0, 10) : '—') },
  ];
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('library')}</h1>
        <span className="grow" />
        {mayKeep && <Button onClick={() => navigate('/library?add=')}>{t('add')}</Button>}
      </div>
      <Listing
        name="library"
        caption={t('library')}
        rowKey={(row) => String(row.number)}
        columns={columns}
        rows={library.data ?? []}
        query={library}
        empty={t('empty')}
        onOpen={(row) => navigate(`/library/${row.number}`)}
        tools={
          <>
            <Select
              size="small"
              allowClear
              aria-label={t('kind')}
              placeholder={t('allKinds')}
              value={values.kind ?? null}
              options={kinds.map((kind) => ({ value: kind, label: t(kind) }))}
              onChange={(kind: string | null) => set({ kind: kind ?? undefined })}
              style={{ minWidth: 110 }}
            />
            {values.tag && (
              <Button size="small" onClick={() => set({ tag: undefined })}>
                #{values.tag} ×
              </Button>
            )}
          </>
        }
      />
      {mayKeep && values.add !== undefined && (
        <AddForm contact={values.add} onClose={() => set({ add: undefined })} onAdded={(number) => navigate(`/library/${number}`)} />
      )}
    </div>
  );
}

export default function LibraryPage() {
  const { id } = useParams();
  return id === undefined ? <Entries /> : <OneEntry key={id} number={Number(id)} />;
}
