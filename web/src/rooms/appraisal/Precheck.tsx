// What is open before the month is closed.
import { useTranslation } from 'react-i18next';

import type { Finding } from '../../api/schema';
import { Mark, type Tone } from '../../shell/Mark';
import { Panel } from '../../shell/Panel';

const tones: Record<Finding['severity'], Tone> = { warning: 'warn', note: 'info' };

export function Precheck({ lines, closed }: { lines: Finding[]; closed: boolean }) {
  const { t } = useTranslation('appraisal');
  return (
    <Panel title={t('precheck')} extra={lines.length > 0 && <span className="quiet">{lines.length}</span>}>
      <div className="scroll" tabIndex={0} role="region" aria-label={t('precheck')}>
        {lines.length === 0 ? (
          <p className="quiet">{t(closed ? 'precheckClosed' : 'precheckClean')}</p>
        ) : (
          <ul className="plain-list">
            {lines.map((line) => (
              <li key={line.id + line.text}>
                <Mark tone={tones[line.severity]}>{t(`severity_${line.severity}`)}</Mark>
                <span>{line.text}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Panel>
  );
}
