import { StarFilled } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';

// A star rating: the figure with its mark, so that neither colour nor counting is needed to read it.
export function Stars({ star, rated }: { star: number; rated: boolean }) {
  const { t } = useTranslation('appraisal');
  if (!rated) return <span className="quiet">{t('notRated')}</span>;
  return (
    <span style={{ whiteSpace: 'nowrap' }}>
      <StarFilled style={{ color: star >= 4 ? '#c98a00' : '#8a938f', marginInlineEnd: 4 }} aria-hidden />
      {star > 0 ? star : t('noStar')}
    </span>
  );
}
