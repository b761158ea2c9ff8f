// How figures, money, times and days are written, in the person's language.
import { currentLanguage } from './i18n';

const locale = () => (currentLanguage() === 'zh' ? 'zh-CN' : 'en');

// A decimal string of the server, with group marks; its digits are kept as they are.
export function figure(text: string | null | undefined): string {
  if (text === null || text === undefined) return '—';
  const [whole = '', decimals] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return decimals === undefined ? grouped : `${grouped}.${decimals}`;
}

export const money = (yuan: string | null | undefined) => {
  if (yuan === null || yuan === undefined) return '—';
  return yuan.startsWith('-') ? `−¥${figure(yuan.slice(1))}` : `¥${figure(yuan)}`;
};

// A decimal string to so many places, the same down a column; the exact figure stands in why.
export function placed(text: string | null | undefined, places: number): string {
  if (text === null || text === undefined) return '—';
  return Number(text).toLocaleString(locale(), { minimumFractionDigits: places, maximumFractionDigits: places });
}

export function percent(share: number | null | undefined): string {
  if (share === null || share === undefined) return '—';
  return share.toLocaleString(locale(), { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
}

// Seconds as people say them: 45 s, 2 m 23 s, 1 h 05 m.
export function duration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return '—';
  const whole = Math.round(seconds);
  const zh = currentLanguage() === 'zh';
  const [h, m, s] = zh ? ['时', '分', '秒'] : [' h', ' m', ' s'];
  if (whole < 60) return `${whole}${s}`;
  if (whole < 3600) return `${Math.floor(whole / 60)}${m} ${whole % 60}${s}`;
  return `${Math.floor(whole / 3600)}${h} ${String(Math.floor(whole / 60) % 60).padStart(2, '0')}${m}`;
}

export function monthName(period: string): string {
  const [year, month] = period.split('-').map(Number);
  if (!year || !month) return period;
  return new Date(year, month - 1, 1).toLocaleDateString(locale(), { year: 'numeric', month: 'long' });
}

// An instant with offset as the centre's wall clock reads it: the offset is the centre's own.
export function wallClock(instant: string): string {
  return instant.slice(0, 19).replace('T', ' ');
}
