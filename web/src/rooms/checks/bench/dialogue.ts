// A dialogue as people paste it: a line for each turn, the speaker before a colon, perhaps a time before that.
import type { BenchTurnInput } from '../../../api/schema';
import { speakers } from '../words';

type Role = keyof typeof speakers;

const roles = Object.keys(speakers) as Role[];
const roleOf = (name: string): Role | undefined => roles.find((role) => speakers[role].includes(name.trim().toLowerCase()));

const timed = /^\s*\[?(?:(\d{1,2}):)?(\d{1,3}):(\d{2})(?:\.(\d{1,3}))?\]?\s*/;
const spoken = /^\s*([^:\uff1a]{1,16})[:\uff1a]\s*(.*)$/;

function timeOf(line: string): { ms: number; rest: string } | undefined {
  const found = timed.exec(line);
  if (!found) return undefined;
  const [all, hours = '0', minutes = '0', seconds = '0', thousandths = '0'] = found;
  const ms = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000 + Number(thousandths.padEnd(3, '0'));
  return { ms, rest: line.slice(all.length) };
}

// A line without a speaker goes on with what was said before; the first one is the agent's.
export function turnsOf(text: string): BenchTurnInput[] {
  const turns: BenchTurnInput[] = [];
  for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
    const time = timeOf(line);
    const [, name = '', words = ''] = spoken.exec(time?.rest ?? line) ?? [];
    const role = roleOf(name);
    const last = turns.at(-1);
    if (role === undefined && last && !time) {
      last.text += `\n${line.trim()}`;
      continue;
    }
    turns.push({ role: role ?? 'agent', text: role === undefined ? (time?.rest ?? line).trim() : words.trim(), ...(time ? { start_ms: time.ms } : {}) });
  }
  return turns.map((turn, at) => {
    const next = turns[at + 1]?.start_ms;
    return turn.start_ms === undefined || next === undefined ? turn : { ...turn, end_ms: next };
  });
}
