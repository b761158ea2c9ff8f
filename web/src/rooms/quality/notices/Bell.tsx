// What concerns the reader and was not read yet, in the top bar.
import { BellOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Badge, Button, Popover } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router-dom';

import { call, get } from '../../../api/client';
import type { QualityNotice } from '../../../api/schema';
import { distance, wallClock } from '../../../shell/format';
import { usePrincipal } from '../../../shell/session';
import { linkOf } from './links';
import './notices.css';

const key = ['notices'];
const most = 99; // unread ones are counted so far
const pages = ['workbench', 'results', 'review'];

function useNotices() {
  const principal = usePrincipal();
  const concerned = pages.some((page) => principal.pages.includes(page));
  const notices = useQuery({ queryKey: key, queryFn: ({ signal }) => get<QualityNotice[]>('/quality/notices', signal), enabled: concerned, retry: false });
  return { concerned, list: notices.data ?? [] };
}

export default function Bell() {
  const { t } = useTranslation('quality');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { concerned, list } = useNotices();
  const [open, setOpen] = useState(false);
  const read = useMutation({
    mutationFn: (numbers: number[]) => call('POST', '/quality/notices/read', { numbers }),
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  });
  if (!concerned) return null;
  const follow = (notice: QualityNotice) => {
    setOpen(false);
    read.mutate([notice.number]);
    navigate(linkOf(notice));
  };
  const content = (
    <div className="notices">
      {list.length === 0 && <p className="quiet">{t('noNotices')}</p>}
      <ul>
        {list.map((notice) => (
          <li key={notice.number}>
            <button type="button" onClick={() => follow(notice)}>
              <span>{t(`notice_${notice.about}`, { count: notice.count, object: notice.object })}</span>
              <span className="quiet" title={wallClock(notice.at)}>
                {distance(notice.at, new Date())}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {list.length > 0 && (
        <Button size="small" type="link" loading={read.isPending} onClick={() => read.mutate(list.map(({ number }) => number))}>
          {t('readAll')}
        </Button>
      )}
    </div>
  );
  // The same figure to the eye and to a screen reader.
  const unread = list.length > most ? `${most}+` : String(list.length);
  return (
    <Popover open={open} onOpenChange={setOpen} trigger="click" placement="bottomRight" title={t('notices')} content={content}>
      <Button
        type="text"
        aria-label={t('noticesOf', { unread })}
        icon={
          <Badge count={list.length} size="small" overflowCount={most} offset={[6, -3]} color="#b3362a">
            <BellOutlined />
          </Badge>
        }
      />
    </Popover>
  );
}
