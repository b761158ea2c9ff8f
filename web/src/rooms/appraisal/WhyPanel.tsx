// Why a figure of a sheet is what it is, beside the sheet.
import { Drawer, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';

import { Trouble } from '../../shell/Nothing';
import { useWhy } from './data';
import { WhyTree } from './WhyTree';

interface Props {
  period: string;
  staff: string;
  item: string | undefined;
  onClose: () => void;
}

export function WhyPanel({ period, staff, item, onClose }: Props) {
  const { t } = useTranslation('appraisal');
  const why = useWhy(period, staff, item);
  return (
    <Drawer open={item !== undefined} onClose={onClose} title={t('whyOf')} width="min(680px, 100vw)">
      {why.isPending && <Skeleton active />}
      {why.isError && <Trouble problem={why.error} onRetry={why.refetch} />}
      {why.data && !why.isError && <WhyTree derivation={why.data.derivation} />}
    </Drawer>
  );
}
