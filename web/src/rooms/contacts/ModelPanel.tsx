// What a model says about a contact, apart from what checks have found: each with the words that it quotes, which were
// looked for in the transcript; and how far the asking is.
import { useTranslation } from 'react-i18next';

import type { ContactJudging, Turn } from '../../api/schema';
import { wallClock } from '../../shell/format';
import type { Hit } from './findings';
import { Head, Places } from './FindingsPanel';
import type { Opined } from './judging';

interface Props {
  judging: ContactJudging;
  opined: readonly Opined[];
  turns: readonly Turn[];
  chosen: number | undefined;
  onGo: (hit: Hit) => void;
}

export function ModelPanel({ judging, opined, turns, chosen, onGo }: Props) {
  const { t } = useTranslation('contacts');
  const { state, model, message, due, opinions } = judging;
  const dropped = opinions.flatMap((opinion) => opinion.dropped).length;
  return (
    <section className="findings findings-model" aria-label={t('modelSays')}>
      <header className="row">
        <h3>{t('modelSays')}</h3>
        <code className="quiet">{model}</code>
      </header>
      <p className="quiet">{t('modelHint')}</p>
      {state !== 'done' && (
        <p role="status">
          {t(`judging_${state}`, { due: due === null ? '' : wallClock(due) })} <span className="quiet">{message}</span>
        </p>
      )}
      {state === 'done' && opined.length === 0 && <p className="quiet">{t('modelNothing')}</p>}
      <ul className="findings-list">
        {opined.map(({ opinion, hits }) => (
          <li key={opinion.check}>
            <Head finding={opinion} />
            <Places hits={hits} turns={turns} chosen={chosen} onGo={onGo} />
          </li>
        ))}
      </ul>
      {dropped > 0 && <p className="quiet">{t('modelDropped', { count: dropped })}</p>}
    </section>
  );
}
