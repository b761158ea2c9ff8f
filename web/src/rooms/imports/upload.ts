// Sends a file as it is; a map file goes with it as a header-sized text part of a form.
import { problemOf } from '../../api/client';
import { currentLanguage } from '../../shell/i18n';

export interface Preview {
  head: string[];
  rows: string[][];
}

export interface Imported {
  rows: number;
  accepted: number;
  unchanged: number;
  rejected: number;
  ignored: number;
  rejects: string | null;
  unknown_members: { name: string; count: number; suggestion: string }[];
  unknown_queues: { name: string; count: number; suggestion: string }[];
}

export async function upload<T>(path: string, file: File, map?: File): Promise<T> {
  const search = new URLSearchParams({ name: file.name });
  if (map) search.set('map', await map.text());
  const response = await fetch(`/api/v1${path}?${search.toString()}`, {
    method: 'POST',
    credentials: 'same-origin',
    headers: {
      'Accept-Language': currentLanguage() === 'zh' ? 'zh-CN' : 'en',
      'Content-Type': 'application/octet-stream',
      'X-Requested-With': 'zhiheng',
    },
    body: file,
  });
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as T;
}
