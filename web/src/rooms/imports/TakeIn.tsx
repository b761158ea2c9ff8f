// One file on its way in: choose, say what it is, look, take in.
import { InboxOutlined } from '@ant-design/icons';
import { App, Button, Select, Upload } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router-dom';

import { Panel } from '../../shell/Panel';
import { type FileMap, guessedKind, isOver, type Kind, kinds, type Taking, type Uploaded, useImportJob, usePreview, useRefreshAll, useTake, useUpload } from './data';
import { MapWizard } from './MapWizard';
import { Outcome } from './Outcome';
import { PreviewTable } from './PreviewTable';

function useTakeIn() {
  const { message } = App.useApp();
  const [search, setSearch] = useSearchParams();
  const [kind, setKind] = useState<Kind>('queue-log');
  const [file, setFile] = useState<Uploaded>();
  const [map, setMap] = useState<FileMap>();
  const upload = useUpload();
  const preview = usePreview();
  const take = useTake();
  const job = search.get('job') ?? undefined;
  const onError = (problem: Error) => void message.error(problem.message);
  const taking = (uploaded: Uploaded, as: Kind, by: FileMap | undefined): Taking => ({
    upload: uploaded.upload,
    kind: as,
    ...(as === 'csv' && by ? { map: by } : {}),
  });
  const look = (uploaded: Uploaded, as: Kind, by: FileMap | undefined) =>
    preview.mutate(taking(uploaded, as, by), {
      onError,
      onSuccess: (seen) => {
        if (as === 'csv' && !by && seen.map) setMap(seen.map);
      },
    });
  const start = (id: string | undefined) =>
    setSearch((now) => {
      const next = new URLSearchParams(now);
      if (id) next.set('job', id);
      else next.delete('job');
      return next;
    });
  return {
    kind,
    file,
    map,
    job,
    preview: preview.data,
    busy: upload.isPending || take.isPending,
    choose: (chosen: File) => {
      const as = guessedKind(chosen.name);
      start(undefined);
      preview.reset();
      setKind(as);
      setMap(undefined);
      upload.mutate(chosen, {
        onError,
        onSuccess: (uploaded) => {
          setFile(uploaded);
          look(uploaded, as, undefined);
        },
      });
    },
    change: (as: Kind) => {
      setKind(as);
      setMap(undefined);
      if (file) look(file, as, undefined);
    },
    changeMap: (by: FileMap) => {
      setMap(by);
      if (file) look(file, kind, by);
    },
    take: () => {
      if (!file) return;
      take.mutate(taking(file, kind, map), {
        onError,
        onSuccess: (answer) => {
          setFile(undefined);
          preview.reset();
          start(answer.job);
        },
      });
    },
  };
}

// Follows the job; when it is over, everything on the desk may have changed.
function Followed({ id }: { id: string }) {
  const job = useImportJob(id);
  const refresh = useRefreshAll();
  const over = job.data !== undefined && isOver(job.data);
  useEffect(() => {
    if (over) void refresh();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, when the job ends
  }, [over]);
  return job.data ? <Outcome job={job.data} /> : null;
}

export function TakeIn() {
  const { t } = useTranslation('imports');
  const state = useTakeIn();
  return (
    <div className="stack">
      <Upload.Dragger
        maxCount={1}
        showUploadList={false}
        disabled={state.busy}
        beforeUpload={(file) => {
          state.choose(file);
          return false;
        }}
      >
        <InboxOutlined style={{ fontSize: 26, color: 'var(--accent)' }} aria-hidden />
        <div>{t('drop')}</div>
        <div className="quiet">{t('dropHint')}</div>
      </Upload.Dragger>
      {state.file && (
        <div className="row">
          <strong>{state.file.name}</strong>
          <span className="quiet">{t('isA')}</span>
          <Select
            aria-label={t('kind')}
            value={state.kind}
            options={kinds.map((value) => ({ value, label: t(value) }))}
            onChange={state.change}
            style={{ minWidth: 210 }}
          />
          <Button type="primary" loading={state.busy} disabled={!state.preview} onClick={state.take}>
            {t('take')}
          </Button>
        </div>
      )}
      {state.file && state.kind === 'csv' && state.map && (
        <Panel title={t('mapTitle')}>
          <MapWizard map={state.map} columns={state.preview?.columns ?? []} onChange={state.changeMap} />
        </Panel>
      )}
      {state.file && state.preview && <PreviewTable preview={state.preview} />}
      {!state.file && state.job && <Followed id={state.job} />}
    </div>
  );
}
