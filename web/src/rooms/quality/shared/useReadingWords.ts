// How a reading of a finding is said: "general −5", "yes", or that it does not stand.
import { useTranslation } from 'react-i18next';

import type { FindingReading, Rubric } from '../../../api/schema';
import { useLabel } from '../../../shell/label';
import { itemOf, severityOf } from './rubric';

export function useReadingWords(rubric: Rubric | undefined): (item: string, reading: FindingReading) => string {
  const { t } = useTranslation('quality');
  const say = useLabel();
  return (item, { choice, points }) => {
    const answer = itemOf(rubric, item)?.answers.find(({ id }) => id === choice);
    if (answer) return say(answer.label);
    if (points === 0) return t('doesNotStand');
    const severity = severityOf(rubric, choice);
    return `${severity ? say(severity.label) : choice} −${points}`;
  };
}
