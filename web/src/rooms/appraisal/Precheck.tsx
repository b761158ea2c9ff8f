import { CheckCircleOutlined, ExclamationCircleOutlined, InfoCircleOutlined, WarningOutlined } from '@ant-design/icons';
import { Card, List } from 'antd';
import { useTranslation } from 'react-i18next';

import type { PrecheckLine } from '../../api/types';

const icons = {
  error: <ExclamationCircleOutlined style={{ color: '#c0392b' }} aria-label="error" />,
  warning: <WarningOutlined style={{ color: '#b8860b' }} aria-label="warning" />,
  note: <InfoCircleOutlined aria-label="note" />,
};

export function Precheck({ lines }: { lines: PrecheckLine[] }) {
  const { t } = useTranslation('appraisal');
  return (
    <Card size="small" title={`${t('precheck')} (${lines.length})`} styles={{ body: { maxHeight: 184, overflow: 'auto' } }}>
      {lines.length === 0 ? (
        <span>
          <CheckCircleOutlined style={{ color: '#2e8b57' }} /> {t('precheckClean')}
        </span>
      ) : (
        <List
          size="small"
          dataSource={lines}
          renderItem={(line) => (
            <List.Item style={{ padding: '4px 0', justifyContent: 'flex-start', gap: 8, alignItems: 'baseline' }}>
              {icons[line.severity]}
              <span>{line.text}</span>
            </List.Item>
          )}
        />
      )}
    </Card>
  );
}
