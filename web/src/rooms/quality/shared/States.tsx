// States of the room's processes as marks.
import { useTranslation } from 'react-i18next';

import type { AppealState, BatchState, InspectionState, RectificationState } from '../../../api/schema';
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

const ofBatch: Record<BatchState, Tone> = { collecting: 'plain', in_review: 'warn', published: 'info', closed: 'good' };

const ofRectification: Record<RectificationState, Tone> = { open: 'warn', under_way: 'info', reported: 'warn', verified: 'good', dropped: 'plain' };

export function InspectionMark({ state }: { state: InspectionState }) {
  const { t } = useTranslation('quality');
  return <Mark tone={ofInspection[state]}>{t(`state_${state}`)}</Mark>;
}

export function AppealMark({ state }: { state: AppealState }) {
  const { t } = useTranslation('quality');
  return <Mark tone={ofAppeal[state]}>{t(`appeal_${state}`)}</Mark>;
}

export function BatchMark({ state }: { state: BatchState }) {
  const { t } = useTranslation('quality');
  return <Mark tone={ofBatch[state]}>{t(`batch_${state}`)}</Mark>;
}

export function RectificationMark({ state }: { state: RectificationState }) {
  const { t } = useTranslation('quality');
  return <Mark tone={ofRectification[state]}>{t(`rectification_${state}`)}</Mark>;
}
