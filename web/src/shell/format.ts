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
  const value = Number(text);
  const shown = Number(value.toFixed(places)) === 0 ? 0 : value; // no "-0.00"
  return shown.toLocaleString(locale(), { minimumFractionDigits: places, maximumFractionDigits: places });
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

const two = (n: number) => String(n).padStart(2, '0');

// An instant as the centre's wall clock reads it: the offset it carries is the centre's own. One in UTC is put on this
// machine's clock.
export function wallClock(instant: string): string {
  if (!instant.endsWith('Z')) return instant.slice(0, 19).replace('T', ' ');
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return instant;
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

// How far away an instant is, in the largest unit that fits: in 3 days, 2 hours ago.
export function distance(instant: string, now: Date): string {
  const seconds = (new Date(instant).getTime() - now.getTime()) / 1000;
  const units = [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ] as const;
  const relative = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' });
  for (const [unit, size] of units) {
    if (Math.abs(seconds) >= size) return relative.format(Math.round(seconds / size), unit);
  }
  return relative.format(Math.round(seconds), 'second');
}

// The size of a file in the largest unit that fits.
export function bytes(size: number): string {
  const units = ['B', 'KB', 'MB', 'GB'];
  const at = Math.min(units.length - 1, size < 1 ? 0 : Math.floor(Math.log2(size) / 10));
  return `${(size / 1024 ** at).toLocaleString(locale(), { maximumFractionDigits: at === 0 ? 0 : 1 })} ${units[at] ?? ''}`;
}

export const count = (n: number) => n.toLocaleString(locale());

export function dayName(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  if (!year || !month || !date) return day;
  return new Date(year, month - 1, date).toLocaleDateString(locale(), { month: 'short', day: 'numeric', weekday: 'short' });
}

// Figures in running text with no more places than people read; that there were more is shown.
export const shortened = (text: string) => text.replace(/(\d+\.\d{4})\d{2,}/g, '$1…');

// Bands and comparisons as people write them: ≤ 140, 141–145.
export const band = (text: string) =>
  text
    .replaceAll('<=', '≤')
    .replaceAll('>=', '≥')
    .replace(/\[(-?[\d.]+?)\.\.(-?[\d.]+)\]/g, '$1–$2')
    .replace(/\[(-?[\d.]+?)\.\.(-?[\d.]+)\)/g, '≥ $1, < $2')
    .replace(/\((-?[\d.]+?)\.\.(-?[\d.]+)\]/g, '> $1, ≤ $2');
