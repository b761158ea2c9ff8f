// Saves a draft on every change: one request at a time, the newest marks only, again and again while the server is not
// there. Knows nothing of the page; what is not on the server yet is handed to `keep`, so that it outlives the window.
import { Problem, type FieldError } from '../../../api/client';
import type { InspectionMarks } from '../../../api/schema';
import { sameMarks } from './marks';

export type SaveState =
  | 'saved'
  | 'waiting' // typed, about to be sent
  | 'saving'
  | 'offline' // tried again every few seconds
  | 'conflict' // changed elsewhere meanwhile: somebody must choose
  | 'lost' // no longer this inspector's to write
  | 'refused'; // the server names what does not fit

export interface Draft {
  marks: InspectionMarks;
  state: SaveState;
  theirs: InspectionMarks; // what the server has, as far as is known
  faults: readonly FieldError[]; // of `refused`, or of a submission
  problem: string; // what the server said
}

// What this machine remembers: the marks, and what they were made on.
export interface Unsaved {
  marks: InspectionMarks;
  base: InspectionMarks;
}

// What the server has, and what may be done with it.
interface Held {
  marks: InspectionMarks;
  actions: readonly string[];
}

// `Answer` is what the server says to marks that it saved.
interface Ways<Answer> {
  send: (marks: InspectionMarks) => Promise<Answer>;
  read?: () => Promise<Answer & Held>; // as it is now; the next one sent is made on it. None: saved without versions
  keep: (unsaved: Unsaved | undefined) => void; // none: everything is on the server
  saved: (answer: Answer) => void;
}

const pauseMs = 350;
const againMs = 3000;

export class DraftSaver<Answer> {
  private draft: Draft;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private sending: Promise<void> | undefined;
  private ended = false;
  private readonly listeners = new Set<() => void>();

  constructor(
    onServer: InspectionMarks,
    unsaved: Unsaved | undefined,
    private readonly ways: Ways<Answer>,
  ) {
    this.draft = { marks: onServer, state: 'saved', theirs: onServer, faults: [], problem: '' };
    if (!unsaved) return;
    if (sameMarks(unsaved.marks, onServer)) ways.keep(undefined);
    else this.draft = { ...this.draft, marks: unsaved.marks, state: sameMarks(unsaved.base, onServer) ? 'waiting' : 'conflict' };
  }

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly now = (): Draft => this.draft;

  // What was left unsaved when the window closed is sent.
  start() {
    this.ended = false;
    if (this.draft.state === 'waiting') this.plan(0);
  }

  change(marks: InspectionMarks) {
    this.ways.keep({ marks, base: this.draft.theirs });
    // A conflict is settled by choosing, not by typing on.
    const stays = this.draft.state === 'conflict' || this.draft.state === 'lost';
    this.set({ marks, faults: [], state: stays ? this.draft.state : 'waiting' });
    if (!stays) this.plan(pauseMs);
  }

  // Resolves when everything is on the server; false where it cannot be.
  async flush(): Promise<boolean> {
    if (this.draft.state === 'offline') this.set({ state: 'waiting' });
    while (this.isBusy()) {
      clearTimeout(this.timer);
      await this.send();
    }
    return this.draft.state === 'saved';
  }

  // Ends a conflict: with the own marks, or with those of the server.
  settle(own: boolean) {
    if (own) {
      this.set({ state: 'waiting' });
      this.plan(0);
      return;
    }
    this.ways.keep(undefined);
    this.set({ marks: this.draft.theirs, state: 'saved', faults: [], problem: '' });
  }

  // What a submission was refused for.
  refuse(problem: Problem) {
    this.set({ faults: problem.errors, problem: problem.message });
  }

  // The window turns to something else: what is typed is sent once more, and then left to this machine's memory.
  end() {
    this.ended = true;
    void this.flush();
  }

  private isBusy() {
    return this.draft.state === 'waiting' || this.draft.state === 'saving';
  }

  private set(change: Partial<Draft>) {
    this.draft = { ...this.draft, ...change };
    for (const listener of this.listeners) listener();
  }

  private plan(afterMs: number) {
    clearTimeout(this.timer);
    if (!this.ended) this.timer = setTimeout(() => void this.send(), afterMs);
  }

  private send(): Promise<void> {
    this.sending ??= this.sendOnce().finally(() => {
      this.sending = undefined;
    });
    return this.sending;
  }

  private async sendOnce() {
    const { marks } = this.draft;
    this.set({ state: 'saving', problem: '' });
    try {
      this.arrived(marks, await this.ways.send(marks));
    } catch (failure) {
      await this.fail(marks, failure);
    }
  }

  private arrived(marks: InspectionMarks, answer: Answer) {
    this.ways.saved(answer);
    if (this.draft.marks !== marks) {
      this.set({ state: 'waiting', theirs: marks });
      this.plan(pauseMs);
      return;
    }
    this.ways.keep(undefined);
    this.set({ state: 'saved', theirs: marks });
  }

  private async fail(marks: InspectionMarks, failure: unknown) {
    const problem = failure instanceof Problem ? failure : new Problem(0, '', '', undefined, []);
    if (problem.status === 412 && this.ways.read) {
      await this.compare(marks, this.ways.read);
      return;
    }
    const state = stateOf(problem.status);
    this.set({ state, problem: problem.message, faults: problem.errors });
    if (state === 'offline') this.plan(againMs);
  }

  // The server has another version. It may be the very marks that were sent, whose answer got lost on the way.
  private async compare(marks: InspectionMarks, read: () => Promise<Answer & Held>) {
    try {
      const held = await read();
      if (!held.actions.includes('save')) this.set({ state: 'lost', theirs: held.marks });
      else if (sameMarks(held.marks, marks)) this.arrived(marks, held);
      else this.set({ state: 'conflict', theirs: held.marks });
    } catch (failure) {
      await this.fail(marks, failure);
    }
  }
}

function stateOf(status: number): SaveState {
  if (status === 403 || status === 404 || status === 409) return 'lost';
  return status === 400 || status === 422 ? 'refused' : 'offline';
}
