// What is said about a shared record, said anew; the record itself stays as it was shared.
import { Alert, App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Problem } from '../../../api/client';
import type { LibraryRow } from '../../../api/schema';
import { Panel } from '../../../shell/Panel';
import { type About, AboutFields, aboutOf } from './AboutFields';
import { useDescribeEntry } from './data';

const same = (a: About, b: About) => JSON.stringify(a) === JSON.stringify(b);

// Somebody else was quicker: what they wrote is shown, and either may stand.
function Changed({ theirs, onTake, onKeep }: { theirs: About; onTake: () => void; onKeep: () => void }) {
  const { t } = useTranslation('library');
  const { kind, title, note, tags } = theirs;
  return (
    <Alert
      type="warning"
      showIcon
      message={t('changedMeanwhile')}
      description={
        <div className="stack">
          <span>
            {t(kind)} · {title} {tags.map((tag) => `#${tag}`).join(' ')}
          </span>
          {note && <span className="library-note quiet">{note}</span>}
          <div className="row">
            <Button size="small" onClick={onKeep}>
              {t('keepOwn')}
            </Button>
            <Button size="small" onClick={onTake}>
              {t('takeTheirs')}
            </Button>
          </div>
        </div>
      }
    />
  );
}

export function Describing({ entry, onDone }: { entry: LibraryRow; onDone: () => void }) {
  const { t } = useTranslation('library');
  const { message } = App.useApp();
  const describe = useDescribeEntry(entry.number);
  const now = aboutOf(entry);
  const [base, setBase] = useState(now); // what the form was begun on
  const [about, setAbout] = useState(now);
  const settle = (chosen: About) => {
    describe.reset();
    setBase(now);
    setAbout(chosen);
  };
  const own = describe.isPending || describe.isSuccess; // then it is this form that changed the entry
  const changed = !own && !same(base, now);
  const faults = describe.error instanceof Problem ? describe.error.errors.map(({ detail }) => detail) : [];
  const send = () =>
    describe.mutate(about, {
      onSuccess: () => {
        void message.success(t('saved'));
        onDone();
      },
    });
  return (
    <Panel title={t('about')}>
      <div className="stack">
        {changed && <Changed theirs={now} onTake={() => settle(now)} onKeep={() => settle(about)} />}
        {!changed && describe.isError && <Alert type="error" showIcon message={faults.join(' ') || describe.error.message} />}
        <AboutFields about={about} put={(part) => setAbout({ ...about, ...part })} />
        <div className="row">
          <Button type="primary" loading={describe.isPending} disabled={changed || about.title.trim() === ''} onClick={send}>
            {t('save')}
          </Button>
          <Button onClick={onDone}>{t('cancel')}</Button>
        </div>
      </div>
    </Panel>
  );
}
