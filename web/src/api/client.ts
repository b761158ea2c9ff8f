// One way to talk to the server: JSON in, JSON out, problem documents as errors.
import { currentLanguage } from '../shell/i18n';

export interface FieldError {
  pointer: string;
  detail: string;
}

// RFC 9457, as the server writes it.
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly clause: string | undefined,
    readonly errors: FieldError[],
  ) {
    super(detail || title);
  }

  // 0: the server was not reached at all.
  get isOffline() {
    return this.status === 0;
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

interface ProblemDocument {
  title?: string;
  detail?: string;
  clause?: string;
  errors?: FieldError[];
}

export async function problemOf(response: Response): Promise<Problem> {
  const document = (await response.json().catch(() => ({}))) as ProblemDocument;
  return new Problem(
    response.status,
    document.title ?? response.statusText,
    document.detail ?? '',
    document.clause,
    document.errors ?? [],
  );
}

export async function call<T>(method: Method, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const headers: Record<string, string> = { 'Accept-Language': currentLanguage() === 'zh' ? 'zh-CN' : 'en' };
  if (method !== 'GET') headers['X-Requested-With'] = 'zhiheng';
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const request: RequestInit = { method, headers, credentials: 'same-origin' };
  if (body !== undefined) request.body = JSON.stringify(body);
  if (signal) request.signal = signal;

  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, request);
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'AbortError') throw failure;
    throw new Problem(0, '', '', undefined, []);
  }
  if (!response.ok) throw await problemOf(response);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

export const get = <T>(path: string, signal?: AbortSignal) => call<T>('GET', path, undefined, signal);
