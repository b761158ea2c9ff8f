// One inspection on the bench: read until it is taken, then edited.
import { App, Button, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';

import { Problem } from '../../../api/client';
import type { Inspection, InspectionResult, Rubric } from '../../../api/schema';
import { Nothing, Trouble } from '../../../shell/Nothing';
import { usePrincipal } from '../../../shell/session';
import { useInspection, useRubricOf, useStep } from '../shared/data';
import { InspectedRecord } from '../shared/InspectedRecord';
import { InspectionMark } from '../shared/States';
import { BenchHead } from './BenchHead';
import { Editing } from './Editing';
import { useBenchKeys } from './useBenchKeys';

interface Props {
  inspection: string; // its key
  next: InspectionResult | undefined;
  onNext: () => void;
  onHelp: () => void;
}

// Assigned and not begun, or in a state in which nothing is written any more.
function Reading({ inspection, rubric, onHelp }: { inspection: Inspection; rubric: Rubric; onHelp: () => void }) {
  const { t } = useTranslation('quality');
  const { message } = App.useApp();
  const step = useStep(inspection.key);
  const canTake = inspection.actions.includes('take');
  const take = () => {
    if (canTake && !step.isPending) step.mutate({ step: 'take' }, { onError: (problem) => void message.warning(problem.message || t('notDone')) });
  };
  useBenchKeys({ t: take, Enter: take });
  return (
    <>
      <div className="bench-record">
        <BenchHead inspection={inspection} onHelp={onHelp} />
        <InspectedRecord contact={inspection.contact} channel={inspection.channel} findings={inspection.marks.findings} rubric={rubric} />
      </div>
      <aside className="bench-rubric" aria-label={t('rubric')}>
        <Nothing title={canTake ? t('takeFirst') : <InspectionMark state={inspection.state} />}>
          {canTake && (
            <Button type="primary" size="large" loading={step.isPending} onClick={take}>
              {t('take')} <kbd>T</kbd>
            </Button>
          )}
        </Nothing>
      </aside>
    </>
  );
}

export function Bench({ inspection: key, next, onNext, onHelp }: Props) {
  const { t } = useTranslation('quality');
  const { staff_no: own } = usePrincipal();
  const inspection = useInspection(key);
  const rubric = useRubricOf(key);
  const failed = inspection.error ?? rubric.error;
  if (failed instanceof Problem && failed.status === 404) {
    return (
      <Nothing title={t('notInHand')}>
        <Button onClick={onNext}>{t('next')}</Button>
      </Nothing>
    );
  }
  if (failed && !inspection.data) return <Trouble problem={failed} onRetry={inspection.refetch} />;
  if (!inspection.data || !rubric.data) return <Skeleton active className="bench-record" />;
  if (inspection.data.actions.includes('save') && inspection.data.inspector === own) {
    return <Editing inspection={inspection.data} rubric={rubric.data} next={next} onNext={onNext} onHelp={onHelp} />;
  }
  return <Reading inspection={inspection.data} rubric={rubric.data} onHelp={onHelp} />;
}
