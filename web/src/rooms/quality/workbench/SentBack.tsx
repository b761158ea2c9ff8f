// What the supervisor asks for in a record that came back.
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';

import { useBatches } from '../review/data';
import { useQueue } from '../shared/data';

export function SentBack({ inspection }: { inspection: string }) {
  const { t } = useTranslation('quality');
  const cameBack = useQueue().data?.find(({ key }) => key === inspection)?.sent_back ?? false;
  const batches = useBatches(cameBack);
  const comment = batches.data?.find((batch) => batch.state === 'collecting' && batch.comment !== '')?.comment;
  if (!cameBack || comment === undefined) return null;
  return <Alert type="warning" showIcon message={t('returnedWith')} description={<span className="told">{comment}</span>} />;
}
