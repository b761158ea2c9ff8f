// A check that is being written, as text and as form at once: whichever is changed, the other follows through the
// server, and the compiler's problems with it. Answers to what has been changed since are dropped. Knows nothing of the
// page.
import type { CheckProblem, CheckRead } from '../../../api/schema';
import { type CheckForm, formOf } from './form';

export type Progress =
  | 'settled'
  | 'busy' // the other side, or the problems, are on their way
  | 'failed'; // the server was not reached, or refused; the next change tries again

export interface Written {
  yaml: string;
  form: CheckForm | undefined; // none: the text is no YAML of one check
  problems: readonly CheckProblem[];
  progress: Progress;
  failure: string; // what the server said to `failed`
}

interface Ways {
  read: (yaml: string) => Promise<CheckRead>;
  write: (form: CheckForm) => Promise<string>;
  keep: (yaml: string) => void;
}

const pauseMs = 350;

export class CheckText {
  private written: Written;
  private turn = 0; // counts changes
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners = new Set<() => void>();

  constructor(
    yaml: string,
    private readonly ways: Ways,
  ) {
    this.written = { yaml, form: undefined, problems: [], progress: 'busy', failure: '' };
  }

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly now = (): Written => this.written;

  start() {
    this.plan(0, (turn) => this.read(turn));
  }

  end() {
    this.turn += 1;
    clearTimeout(this.timer);
  }

  typed(yaml: string) {
    this.ways.keep(yaml);
    this.set({ yaml, progress: 'busy' });
    this.plan(pauseMs, (turn) => this.read(turn));
  }

  filled(form: CheckForm) {
    this.set({ form, progress: 'busy' });
    this.plan(pauseMs, async (turn) => {
      const yaml = await this.ways.write(form);
      if (turn !== this.turn) return;
      this.ways.keep(yaml);
      this.set({ yaml });
      const { problems } = await this.ways.read(yaml);
      // The form stays as it is being filled in: half of an entry is nothing to the file.
      if (turn === this.turn) this.set({ problems, progress: 'settled' });
    });
  }

  private async read(turn: number) {
    const { form, problems } = await this.ways.read(this.written.yaml);
    if (turn === this.turn) this.set({ form: formOf(form), problems, progress: 'settled' });
  }

  private plan(afterMs: number, work: (turn: number) => Promise<void>) {
    this.turn += 1;
    const { turn } = this;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      work(turn).catch((failure: unknown) => {
        if (turn === this.turn) this.set({ progress: 'failed', failure: failure instanceof Error ? failure.message : '' });
      });
    }, afterMs);
  }

  private set(change: Partial<Written>) {
    this.written = { ...this.written, ...change };
    for (const listener of this.listeners) listener();
  }
}
