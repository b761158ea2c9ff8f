// Why an inspection's score is what it is.
import { Drawer, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';

import { Trouble } from '../../../shell/Nothing';
import { WhyTree } from '../../appraisal/WhyTree';
import { useInspectionWhy } from './data';

export function WhyDrawer({ inspection, open, onClose }: { inspection: string; open: boolean; onClose: () => void }) {
  const { t } = useTranslation('quality');
  const why = useInspectionWhy(inspection, open);
  return (
    <Drawer open={open} onClose={onClose} title={t('whyScore')} width="min(620px, 100vw)">
      {why.isPending && <Skeleton active />}
      {why.isError && <Trouble problem={why.error} onRetry={why.refetch} />}
      {why.data && !why.isError && <WhyTree derivation={why.data.derivation} />}
    </Drawer>
  );
}
