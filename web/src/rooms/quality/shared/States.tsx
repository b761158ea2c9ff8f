// States of the room's processes as marks.
import { useTranslation } from 'react-i18next';

import type { AppealState, InspectionState } from '../../../api/schema';
import { Mark, type Tone } from '../../../shell/Mark';

const ofInspection: Record<InspectionState, Tone> = {
  assigned: 'plain',
  taken: 'info',
  submitted: 'warn',
  published: 'info',
  acknowledged: 'good',
  unusable: 'plain',
  voided: 'bad',
};

const ofAppeal: Record<AppealState, Tone> = {
  filed: 'warn',
  assigned: 'info',
  decided: 'good',
  filed_again: 'warn',
  final: 'good',
  withdrawn: 'plain',
  expired: 'plain',
  lapsed: 'plain',
};

export function InspectionMark({ state }: { state: InspectionState }) {
  const { t } = useTranslation('quality');
  return <Mark tone={ofInspection[state]}>{t(`state_${state}`)}</Mark>;
}

export function AppealMark({ state }: { state: AppealState }) {
  const { t } = useTranslation('quality');
  return <Mark tone={ofAppeal[state]}>{t(`appeal_${state}`)}</Mark>;
}
