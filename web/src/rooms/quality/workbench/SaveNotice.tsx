// What keeps a draft from being saved, what is safe, and what to do.
import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';

import type { Draft } from './saver';

interface Props {
  draft: Draft;
  onSettle: (own: boolean) => void;
  onLeave?: () => void; // none: there is nothing to go on to
  of?: 'inspection' | 'reading';
}

const wordsOf = {
  inspection: { conflict: 'conflict', lost: 'lost', lostHint: 'lostHint' },
  reading: { conflict: 'readingConflict', lost: 'readingLost', lostHint: 'readingLostHint' },
} as const;

export function SaveNotice({ draft, onSettle, onLeave, of = 'inspection' }: Props) {
  const { t } = useTranslation('quality');
  const words = wordsOf[of];
  if (draft.state === 'offline') return <Alert type="warning" showIcon message={t('savedHere')} />;
  if (draft.state === 'conflict')
    return (
      <Alert
        type="warning"
        showIcon
        message={t(words.conflict)}
        description={
          <div className="stack">
            <span>{t('conflictHint', { own: draft.marks.findings.length, theirs: draft.theirs.findings.length })}</span>
            <div className="row">
              <Button size="small" onClick={() => onSettle(true)}>
                {t('keepOwn')}
              </Button>
              <Button size="small" onClick={() => onSettle(false)}>
                {t('takeTheirs')}
              </Button>
            </div>
          </div>
        }
      />
    );
  if (draft.state === 'lost')
    return (
      <Alert
        type="error"
        showIcon
        message={draft.problem || t(words.lost)}
        description={t(words.lostHint)}
        action={
          onLeave && (
            <Button size="small" onClick={onLeave}>
              {t('next')}
            </Button>
          )
        }
      />
    );
  if (draft.problem === '') return null;
  // What concerns a finding or a bonus stands beside it.
  const elsewhere = draft.faults.filter(({ pointer }) => !/^\/(findings|bonuses)\/\d/.test(pointer));
  const message = draft.faults.length === 0 ? draft.problem : t('faulty', { count: draft.faults.length });
  return (
    <Alert
      type="error"
      showIcon
      message={message}
      description={
        elsewhere.length > 0 && (
          <ul className="plain-list">
            {elsewhere.map(({ detail }) => (
              <li key={detail}>{detail}</li>
            ))}
          </ul>
        )
      }
    />
  );
}
