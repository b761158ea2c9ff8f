// Where the next finding will lie, before it is made.
import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

import type { FindingSpan, Turn } from '../../../api/schema';
import { clock } from '../../contacts/dialogue';
import { usePlaceWords } from '../shared/Place';

interface Props {
  place: FindingSpan | null;
  begun: number | undefined;
  turns: readonly Turn[];
  onClear: () => void;
}

export function PlaceBar({ place, begun, turns, onClear }: Props) {
  const { t } = useTranslation('quality');
  const words = usePlaceWords(turns);
  const said = begun !== undefined ? t('placeFrom', { time: clock(begun) }) : words(place);
  const any = begun !== undefined || place !== null;
  return (
    <div className="place-bar" role="status">
      <span className="quiet">{t('nextAt')}</span> <strong className={any ? 'place-there' : ''}>{said}</strong>
      {any ? (
        <Button size="small" type="text" icon={<CloseOutlined />} aria-label={t('clearPlace')} onClick={onClear} />
      ) : (
        <p className="quiet">{t('placeHint')}</p>
      )}
    </div>
  );
}
