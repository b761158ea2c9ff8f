import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

// What a list must know of the query behind it; a list that comes whole has no next page.
export interface Paged {
  isPending: boolean;
  isError: boolean;
  error: Error | null;
  refetch: () => unknown;
  hasNextPage?: boolean;
  isFetchingNextPage?: boolean;
  fetchNextPage?: () => unknown;
}

// Below a list that has more on the server.
export function MoreRows({ query }: { query: Paged }) {
  const { t } = useTranslation();
  if (!query.hasNextPage) return null;
  return (
    <Button
      block
      type="text"
      style={{ margin: '4px 0' }}
      loading={query.isFetchingNextPage ?? false}
      onClick={() => query.fetchNextPage?.()}
    >
      {t('moreRows')}
    </Button>
  );
}
