// One draw, checked step by step in this browser, with the contacts it was drawn from.
import { CheckCircleFilled, CloseCircleFilled, DownloadOutlined, MinusCircleOutlined } from '@ant-design/icons';
import { Alert, Button, Checkbox, Typography } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { OwnContact, OwnProof } from '../../../api/schema';
import { wallClock } from '../../../shell/format';
import { useLabel } from '../../../shell/label';
import { Listing, type ListColumn } from '../../../shell/Listing';
import { Mark } from '../../../shell/Mark';
import { Panel } from '../../../shell/Panel';
import { flawOf, type Proof, steps } from './proof/check';

// The document as `zhiheng sample check` reads it.
const documentOf = ({ commitment, seed, frame, salt, stratum, index, leaves, path, drawn }: OwnProof): Proof => ({
  commitment,
  seed,
  frame,
  salt,
  stratum,
  index,
  leaves,
  path,
  drawn,
});

function save(proof: OwnProof, file: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([JSON.stringify(documentOf(proof), null, 2)], { type: 'application/json' }));
  link.download = file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function Steps({ proof }: { proof: OwnProof }) {
  const { t } = useTranslation('draws');
  const flaw = useMemo(() => flawOf(documentOf(proof)), [proof]);
  const failedAt = flaw === undefined ? steps.length : steps.indexOf(flaw);
  return (
    <>
      <Alert type={flaw === undefined ? 'success' : 'error'} showIcon message={flaw === undefined ? t('holds', { drawn: proof.drawn.length }) : t('holdsNot')} />
      <ol className="draw-steps">
        {steps.map((step, at) => {
          const state = at < failedAt ? 'passed' : at === failedAt ? 'failed' : 'skipped';
          const icon = {
            passed: <CheckCircleFilled className="rise" />,
            failed: <CloseCircleFilled className="fall" />,
            skipped: <MinusCircleOutlined className="quiet" />,
          }[state];
          return (
            <li key={step}>
              {icon} {t(`step_${step}`)} <span className="quiet">{t(state)}</span>
            </li>
          );
        })}
      </ol>
    </>
  );
}

function Contacts({ contacts }: { contacts: OwnContact[] }) {
  const { t } = useTranslation('draws');
  const [onlyDrawn, setOnlyDrawn] = useState(true);
  const rows = contacts.filter(({ drawn }) => drawn || !onlyDrawn);
  const columns: ListColumn<OwnContact>[] = [
    { key: 'contact', title: t('contact'), text: (row) => row.contact, cell: (row) => <code>{row.contact}</code> },
    { key: 'drawn', title: t('inSample'), text: (row) => (row.drawn ? '1' : ''), cell: (row) => row.drawn && <Mark tone="info">{t('inSample')}</Mark> },
    { key: 'at', title: t('at'), narrow: true, cell: (row) => (row.occurred_at ? wallClock(row.occurred_at).slice(0, 16) : '—') },
    { key: 'channel', title: t('channel'), cell: (row) => t(`quality:channel_${row.channel}`, { defaultValue: row.channel }) },
    { key: 'product', title: t('product'), cell: (row) => row.product },
    { key: 'time_of_day', title: t('timeOfDay'), cell: (row) => row.time_of_day },
    { key: 'probability', title: t('probability'), figure: true, cell: (row) => row.probability },
  ];
  return (
    <Listing
      name="draw-contacts"
      caption={t('listed')}
      rowKey={(row) => row.contact}
      columns={columns}
      rows={rows}
      empty={t('none')}
      tools={
        <>
          <h2>{t('listed')}</h2>
          <Checkbox checked={onlyDrawn} onChange={(event) => setOnlyDrawn(event.target.checked)}>
            {t('onlyDrawn')}
          </Checkbox>
        </>
      }
    />
  );
}

export function OneDraw({ proof, file }: { proof: OwnProof; file: string }) {
  const { t } = useTranslation('draws');
  const say = useLabel();
  const hashes = [
    [t('commitment'), proof.commitment],
    [t('seed'), proof.seed],
    [t('frame'), proof.frame],
  ] as const;
  const download = (
    <Button size="small" icon={<DownloadOutlined />} title={t('saveHint')} onClick={() => save(proof, file)}>
      {t('save')}
    </Button>
  );
  return (
    <div className="stack">
      <Panel title={t('check')} extra={download}>
        <Steps proof={proof} />
        <dl className="draw-hashes">
          {hashes.map(([name, value]) => (
            <div key={name}>
              <dt className="quiet">{name}</dt>
              <dd>
                <Typography.Text code copyable={{ text: value }} ellipsis>
                  {value}
                </Typography.Text>
              </dd>
            </div>
          ))}
        </dl>
        <p className="quiet">
          {t('serverSays')}: {say(proof.verdict)}
        </p>
      </Panel>
      <Contacts contacts={proof.contacts} />
    </div>
  );
}
