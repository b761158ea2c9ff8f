// What the inspector has in hand: what has been begun, then what waits.
import { MailOutlined, MessageOutlined, PhoneOutlined, TeamOutlined } from '@ant-design/icons';
import dayjs from 'dayjs';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';

import type { InspectionResult } from '../../../api/schema';
import { wallClock } from '../../../shell/format';
import { begun, waiting } from './queue';

const signs: Partial<Record<string, ReactNode>> = {
  call: <PhoneOutlined />,
  chat: <MessageOutlined />,
  mail: <MailOutlined />,
  visit: <TeamOutlined />,
};

// The round's results should have been published by now.
const isLate = ({ publish_before }: InspectionResult) => publish_before !== null && dayjs(publish_before).isBefore(dayjs(), 'day');

interface Props {
  queue: readonly InspectionResult[];
  current: string | undefined;
  onOpen: (key: string) => void;
}

export function Queue({ queue, current, onOpen }: Props) {
  const { t } = useTranslation('quality');
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [current, queue]);

  const part = (title: string, rows: readonly InspectionResult[]) =>
    rows.length > 0 && (
      <section aria-label={title}>
        <h2>
          {title} <span className="quiet">{rows.length}</span>
        </h2>
        <ul>
          {rows.map((row) => (
            <li key={row.key}>
              <Link
                to={`/workbench/${row.key}`}
                aria-current={row.key === current ? 'page' : undefined}
                onClick={(event) => {
                  if (event.ctrlKey || event.metaKey) return;
                  event.preventDefault();
                  onOpen(row.key);
                }}
              >
                <span className="queue-sign" title={t(`channel_${row.channel}`)}>
                  {signs[row.channel]}
                  <span className="for-ears">{t(`channel_${row.channel}`)}</span>
                </span>
                <span className="queue-name">{row.name ?? row.staff_no}</span>
                <span className="quiet">{row.group}</span>
                <span className="quiet queue-time">{wallClock(row.occurred_at).slice(5, 16)}</span>
                {(row.sent_back || isLate(row)) && <span className="queue-back">{t(row.sent_back ? 'sentBack' : 'late')}</span>}
              </Link>
            </li>
          ))}
        </ul>
      </section>
    );
  return (
    <div ref={list} className="queue">
      {part(t('begun'), begun(queue))}
      {part(t('waiting'), waiting(queue))}
      {queue.length === 0 && <p className="quiet">{t('queueEmptyShort')}</p>}
    </div>
  );
}
