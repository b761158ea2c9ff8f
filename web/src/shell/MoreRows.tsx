import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

// Below a list that has more on the server.
export function MoreRows({ query }: { query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown } }) {
  const { t } = useTranslation();
  if (!query.hasNextPage) return null;
  return (
    <Button block type="dashed" style={{ marginTop: 8 }} loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
      {t('more')}
    </Button>
  );
}
