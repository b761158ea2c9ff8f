// Severity and points in one choice: every severity with the points it may cost, mildest first. Arrow keys move along.
import { InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';

import type { InspectionFinding, Rubric } from '../../../api/schema';
import { useLabel } from '../../../shell/label';
import { pointsOf, severityOf } from '../shared/rubric';
import { withSeverity } from './marks';

interface Props {
  rubric: Rubric;
  finding: Pick<InspectionFinding, 'number' | 'choice' | 'points'>;
  onChange: (change: Partial<InspectionFinding>) => void;
  onPointed?: () => void; // chosen with the mouse
}

const rungsMax = 20; // more are no ladder but a field

export function Ladder(props: Props) {
  const { rubric, finding, onChange, onPointed } = props;
  const { t } = useTranslation('quality');
  const say = useLabel();
  const rungs = rubric.severities.reduce((sum, severity) => sum + pointsOf(severity).length, 0);
  if (rungs > rungsMax) return <Fields {...props} />;
  return (
    <fieldset className="ladder">
      <legend className="for-ears">{t('severityAndPoints')}</legend>
      {rubric.severities.map((severity) => (
        <div key={severity.id} className="ladder-part">
          <span className="quiet">{say(severity.label)}</span>
          <div>
            {pointsOf(severity).map((points) => {
              const on = finding.choice === severity.id && finding.points === points;
              return (
                <label key={points} className={on ? 'rung rung-on' : 'rung'}>
                  <input
                    type="radio"
                    name={`points-${finding.number}`}
                    checked={on}
                    aria-label={`${say(severity.label)} ${points}`}
                    onChange={() => onChange({ choice: severity.id, points })}
                    onClick={(event) => {
                      if (event.detail > 0) onPointed?.();
                    }}
                  />
                  {points}
                </label>
              );
            })}
          </div>
        </div>
      ))}
    </fieldset>
  );
}

function Fields({ rubric, finding, onChange }: Props) {
  const { t } = useTranslation('quality');
  const say = useLabel();
  const severity = severityOf(rubric, finding.choice);
  const range = severity ? { min: Number(severity.low), max: Number(severity.high) } : {};
  return (
    <div className="row">
      <Select
        size="small"
        aria-label={t('severity')}
        value={finding.choice}
        options={rubric.severities.map(({ id, label }) => ({ value: id, label: say(label) }))}
        onChange={(choice: string) => onChange(withSeverity(rubric, { ...finding, item: '', span: null, reason: '' }, choice))}
        style={{ minWidth: 110 }}
      />
      <InputNumber size="small" aria-label={t('points')} precision={0} {...range} value={finding.points} onChange={(points) => onChange({ points: points ?? 0 })} />
    </div>
  );
}
