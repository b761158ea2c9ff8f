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
    readonly retryAfterS = 0, // how long the server asks to wait before trying again
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

async function problemOf(response: Response): Promise<Problem> {
  const document = (await response.json().catch(() => ({}))) as ProblemDocument;
  return new Problem(
    response.status,
    document.title ?? response.statusText,
    document.detail ?? '',
    document.clause,
    document.errors ?? [],
    Number(response.headers.get('Retry-After') ?? 0) || 0,
  );
}

// A name for one attempt at a write: the server does a repeated one only once.
function attemptKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

// Versions of records as the server gave them, so that a write can say which one it was made on.
const versions = new Map<string, string>();

function headersOf(method: Method, record: string, hasBody: boolean): Record<string, string> {
  const headers: Record<string, string> = { 'Accept-Language': currentLanguage() === 'zh' ? 'zh-CN' : 'en' };
  if (method === 'GET') return headers;
  headers['X-Requested-With'] = 'zhiheng';
  if (method === 'POST') headers['Idempotency-Key'] = attemptKey();
  const version = versions.get(record);
  if (version !== undefined) headers['If-Match'] = version;
  if (hasBody) headers['Content-Type'] = 'application/json';
  return headers;
}

// Sends a request; a server that is not there is a problem like any other.
async function fetched(path: string, request: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, { credentials: 'same-origin', ...request });
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'AbortError') throw failure;
    throw new Problem(0, '', '', undefined, []);
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

async function parsed<T>(response: Response): Promise<T> {
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

export async function call<T>(method: Method, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const request: RequestInit = { method, headers: headersOf(method, path, body !== undefined) };
  if (body !== undefined) request.body = JSON.stringify(body);
  if (signal) request.signal = signal;
  const response = await fetched(path, request);
  const version = response.headers.get('ETag');
  if (version !== null && method === 'GET') versions.set(path, version);
  return parsed<T>(response);
}

// A step on a record that is read at `record`: made on the version that was last seen, whose successor the answer is.
// Refused (412) when somebody else was quicker.
export async function change<T>(record: string, method: Method, path: string, body?: unknown): Promise<T> {
  const request: RequestInit = { method, headers: headersOf(method, record, body !== undefined) };
  if (body !== undefined) request.body = JSON.stringify(body);
  const response = await fetched(path, request);
  const version = response.headers.get('ETag');
  if (version !== null) versions.set(record, version);
  return parsed<T>(response);
}

// Sends a file as it is.
export async function send<T>(path: string, file: Blob): Promise<T> {
  const headers = { ...headersOf('POST', path, false), 'Content-Type': 'application/octet-stream' };
  return parsed<T>(await fetched(path, { method: 'POST', headers, body: file }));
}

export const get = <T>(path: string, signal?: AbortSignal) => call<T>('GET', path, undefined, signal);
