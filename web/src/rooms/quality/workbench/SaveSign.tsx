// Whether everything that was typed is on the server.
import { CheckOutlined, CloudSyncOutlined, ExclamationCircleOutlined, LoadingOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { SaveState } from './saver';

const signs: Record<SaveState, ReactNode> = {
  saved: <CheckOutlined />,
  waiting: <LoadingOutlined />,
  saving: <LoadingOutlined />,
  offline: <CloudSyncOutlined />,
  conflict: <ExclamationCircleOutlined />,
  lost: <ExclamationCircleOutlined />,
  refused: <ExclamationCircleOutlined />,
};

const isQuiet = (state: SaveState) => state === 'saved' || state === 'waiting' || state === 'saving';

export function SaveSign({ state }: { state: SaveState }) {
  const { t } = useTranslation('quality');
  return (
    <span className={isQuiet(state) ? 'quiet' : 'fall'} role="status">
      {signs[state]} {t(`save_${state}`)}
    </span>
  );
}
