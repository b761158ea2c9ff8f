// What was measured in the recording, in figures, with what could not be.
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';

import type { Acoustics } from '../../api/schema';
import { duration, percent, placed } from '../../shell/format';
import { Mark } from '../../shell/Mark';

const secondsOf = (spans: readonly { start_ms: number; end_ms: number }[]) => spans.reduce((sum, { start_ms, end_ms }) => sum + end_ms - start_ms, 0) / 1000;

export function SoundFacts({ acoustics }: { acoustics: Acoustics }) {
  const { t } = useTranslation('contacts');
  const facts = [
    ...(acoustics.agent_share === null ? [] : [[t('agentShare'), percent(acoustics.agent_share)]]),
    [t('silenceTotal'), duration(secondsOf(acoustics.silences))],
    [t('overlapTotal'), duration(secondsOf(acoustics.overlaps))],
    ...(acoustics.longest_monologue_ms === null ? [] : [[t('longestMonologue'), duration(acoustics.longest_monologue_ms / 1000)]]),
    ...acoustics.legs.flatMap(({ role, loudness_lufs }) =>
      loudness_lufs === null ? [] : [[t('loudnessOf', { who: t(role) }), `${placed(String(loudness_lufs), 1)} LUFS`]],
    ),
    ...acoustics.speech_rates.flatMap(({ role, per_minute, of }) =>
      per_minute === null ? [] : [[t('rateOf', { who: t(role) }), t(`rate_${of}`, { rate: Math.round(per_minute) })]],
    ),
  ];
  const isDamaged = acoustics.diagnostics.some(({ loses_audio }) => loses_audio);
  return (
    <>
      {acoustics.diagnostics.length > 0 && (
        <Alert
          type={isDamaged ? 'warning' : 'info'}
          showIcon
          message={
            <>
              <strong>{t(isDamaged ? 'damaged' : 'noted')}</strong>
              {acoustics.diagnostics.map(({ code, message }) => (
                <p key={`${code} ${message}`}>{message}</p>
              ))}
            </>
          }
        />
      )}
      <dl className="sound-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {acoustics.legs.some(({ clipped }) => clipped > 0) && <Mark tone="warn">{t('clipped')}</Mark>}
    </>
  );
}
