// One record of the library: as everybody may see it, and for its keepers what is hidden in it.
import { Alert, App, Button, Checkbox, InputNumber, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router-dom';

import { Problem } from '../../../api/client';
import type { LibraryCut, LibraryDraft, LibraryEditInput, LibraryEntry } from '../../../api/schema';
import { Nothing, Trouble } from '../../../shell/Nothing';
import { Panel } from '../../../shell/Panel';
import { useHasRole } from '../../../shell/session';
import { sliceOf } from '../shared/place';
import { selectedSpan } from '../shared/selection';
import { AboutFields, aboutOf } from './AboutFields';
import { useEditEntry, useLibraryEntry, useShareEntry } from './data';
import { Describing } from './Describing';
import { Heard } from './Heard';
import { Standing } from './LibraryPage';

const things: readonly LibraryCut['thing'][] = ['name', 'phone', 'id', 'card', 'email', 'plate', 'address', 'number', 'other'];

interface Editing {
  entry: LibraryEntry;
  edit: LibraryEditInput;
  put: (change: Partial<LibraryEditInput>) => void;
}

function Cuts({ entry, edit, put }: Editing) {
  const { t } = useTranslation('library');
  const { message } = App.useApp();
  const [thing, setThing] = useState<LibraryCut['thing']>('name');
  const hide = () => {
    const span = selectedSpan();
    if (span === null) void message.info(t('selectFirst'));
    else put({ cuts: [...edit.cuts, { turn: span.turn, from: span.from, until: span.until, thing }] });
  };
  return (
    <Panel title={t('hidden')}>
      <ul className="plain-list">
        {edit.cuts.map((cut, at) => (
          <li key={`${cut.turn}-${cut.from}-${at}`}>
            <span className="quiet">{t(`thing_${cut.thing}`)}</span>
            <span>{sliceOf(entry.turns[cut.turn]?.original ?? '', cut.from, cut.until)}</span>
            <span className="grow" />
            <Button size="small" type="text" onClick={() => put({ cuts: edit.cuts.filter((_, nth) => nth !== at) })}>
              {t('keepVisible')}
            </Button>
          </li>
        ))}
      </ul>
      <div className="row">
        <Select size="small" aria-label={t('kind')} value={thing} options={things.map((one) => ({ value: one, label: t(`thing_${one}`) }))} onChange={setThing} />
        <Button size="small" onMouseDown={(event) => event.preventDefault()} onClick={hide}>
          {t('hideSelected')}
        </Button>
      </div>
    </Panel>
  );
}

function Silences({ edit, put, draft }: Editing & { draft: LibraryDraft }) {
  const { t } = useTranslation('library');
  if (!draft.has_sound) return null;
  const change = (at: number, key: 'start_ms' | 'end_ms', seconds: number | null) =>
    put({ silences: edit.silences.map((one, nth) => (nth === at ? { ...one, [key]: Math.round((seconds ?? 0) * 1000) } : one)) });
  return (
    <Panel title={t('silenced')}>
      {edit.silences.length === 0 && <p className="quiet">{t('noSilences')}</p>}
      {edit.silences.map((one, at) => (
        <div key={at} className="row">
          {(['start_ms', 'end_ms'] as const).map((key) => (
            <InputNumber
              key={key}
              size="small"
              min={0}
              max={draft.duration_ms / 1000}
              step={0.1}
              aria-label={`${t(key === 'start_ms' ? 'from' : 'until')} ${at + 1}`}
              value={one[key] / 1000}
              onChange={(seconds) => change(at, key, seconds)}
            />
          ))}
          <Button size="small" type="text" onClick={() => put({ silences: edit.silences.filter((_, nth) => nth !== at) })}>
            {t('remove')}
          </Button>
        </div>
      ))}
      <Button size="small" onClick={() => put({ silences: [...edit.silences, { start_ms: 0, end_ms: 1000 }] })}>
        {t('addSilence')}
      </Button>
    </Panel>
  );
}

function Keeping({ entry, draft, onDone }: { entry: LibraryEntry; draft: LibraryDraft; onDone: () => void }) {
  const { t } = useTranslation('library');
  const { message } = App.useApp();
  const save = useEditEntry(entry.entry.number);
  const [edit, setEdit] = useState<LibraryEditInput>({ ...aboutOf(entry.entry), cuts: draft.cuts, silences: draft.silences });
  const put = (change: Partial<LibraryEditInput>) => setEdit({ ...edit, ...change });
  const faults = save.error instanceof Problem ? save.error.errors.map(({ detail }) => detail) : [];
  const send = () =>
    save.mutate(edit, {
      onSuccess: () => {
        void message.success(t('saved'));
        onDone();
      },
    });
  return (
    <div className="stack">
      {save.isError && <Alert type="error" showIcon message={faults.join(' ') || save.error.message} />}
      <Panel>
        <div className="stack">
          <AboutFields about={edit} put={put} />
          <div className="row">
            <Button type="primary" loading={save.isPending} onClick={send}>
              {t('save')}
            </Button>
            <Button onClick={onDone}>{t('cancel')}</Button>
          </div>
        </div>
      </Panel>
      <Cuts entry={entry} edit={edit} put={put} />
      <Silences entry={entry} edit={edit} put={put} draft={draft} />
    </div>
  );
}

function Steps({ entry: { entry, draft }, onEdit }: { entry: LibraryEntry; onEdit: () => void }) {
  const { t } = useTranslation('library');
  const { modal, message } = App.useApp();
  const share = useShareEntry(entry.number);
  const keeps = useHasRole('inspector', 'qa_supervisor');
  const [sound, setSound] = useState(false);
  const navigate = useNavigate();
  const { title } = entry;
  const fail = (problem: unknown) => void message.error(problem instanceof Error ? problem.message : String(problem));
  const shareIt = () => share.mutateAsync({ sound }).catch(fail);
  // What was withdrawn is gone for everybody.
  const withdraw = () =>
    share.mutateAsync(null).then(() => {
      void message.success(t('withdrawnOf', { title }));
      navigate('/library');
    }, fail);
  if (!keeps) return null;
  if (entry.state === 'shared') {
    const ask = () =>
      void modal.confirm({ title: t('withdrawQuestion', { title }), content: t('withdrawWarning'), okText: t('withdraw'), onOk: withdraw });
    return (
      <>
        <Button onClick={onEdit}>{t('edit')}</Button>
        <Button onClick={ask}>{t('withdraw')}</Button>
      </>
    );
  }
  if (draft === null) return null;
  const ask = () =>
    void modal.confirm({ title: t('shareQuestion', { title }), content: t('shareWarning'), okText: t('share'), onOk: shareIt });
  return (
    <>
      {draft.has_sound && (
        <Checkbox checked={sound} onChange={(event) => setSound(event.target.checked)}>
          {t('shareSound')}
        </Checkbox>
      )}
      <Button onClick={onEdit}>{t('edit')}</Button>
      <Button type="primary" loading={share.isPending} onClick={ask}>
        {t('share')}
      </Button>
    </>
  );
}

export function OneEntry({ number }: { number: number }) {
  const { t } = useTranslation('library');
  const found = useLibraryEntry(number);
  const [editing, setEditing] = useState(false);
  if (found.isPending) return <Skeleton active className="page" />;
  if (!found.data) {
    const missing = found.error instanceof Problem && found.error.status === 404;
    return missing ? <Nothing title={t('noSuch')} /> : <Trouble problem={found.error} onRetry={found.refetch} />;
  }
  const { entry, draft } = found.data;
  return (
    <div className="page">
      <div className="page-head">
        <h1>{entry.title}</h1>
        <Standing row={entry} />
        {entry.tags.map((tag) => (
          <Link key={tag} to={`/library?tag=${encodeURIComponent(tag)}`}>
            #{tag}
          </Link>
        ))}
        <Link to="/library">{t('back')}</Link>
        <span className="grow" />
        <div className="page-actions">{!editing && <Steps entry={found.data} onEdit={() => setEditing(true)} />}</div>
      </div>
      <div className={editing ? 'library-desk' : 'stack'}>
        {!editing && entry.note && <p className="library-note">{entry.note}</p>}
        <Panel title={t('said')}>
          <Heard entry={found.data} original={editing} silences={draft?.silences ?? []} />
        </Panel>
        {editing && draft && <Keeping entry={found.data} draft={draft} onDone={() => setEditing(false)} />}
        {editing && entry.state === 'shared' && <Describing entry={entry} onDone={() => setEditing(false)} />}
      </div>
    </div>
  );
}
