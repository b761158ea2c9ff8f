import { useTranslation } from 'react-i18next';

// A star rating: five places and the figure, so that neither colour nor counting is needed to read it.
export function Stars({ star, rated }: { star: number; rated: boolean }) {
  const { t } = useTranslation('appraisal');
  if (!rated) return <span className="quiet">{t('notRated')}</span>;
  if (star === 0) return <span className="quiet">{t('noStar')}</span>;
  return (
    <span className="stars">
      <span aria-hidden>
        {'★'.repeat(star)}
        <span className="stars-off">{'★'.repeat(Math.max(0, 5 - star))}</span>
      </span>{' '}
      {star}
    </span>
  );
}
