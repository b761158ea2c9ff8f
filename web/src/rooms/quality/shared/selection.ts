// The part of a turn that is selected in the page.
import { pointsBefore } from './place';
import type { FindingSpan } from '../../../api/schema';

const turnOf = (node: Node | null) => (node instanceof Element ? node : node?.parentElement)?.closest<HTMLElement>('[data-turn]');

function unitsBefore(turn: HTMLElement, node: Node, offset: number): number {
  const range = document.createRange();
  range.selectNodeContents(turn);
  range.setEnd(node, offset);
  return range.toString().length;
}

// Nothing where nothing of a turn is selected. Of a selection over several turns, what lies in the first of them.
export function selectedSpan(): FindingSpan | null {
  const selection = window.getSelection();
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const turn = turnOf(range.startContainer);
  if (!turn) return null;
  const text = turn.textContent;
  const until = turnOf(range.endContainer) === turn ? unitsBefore(turn, range.endContainer, range.endOffset) : text.length;
  const from = unitsBefore(turn, range.startContainer, range.startOffset);
  if (until <= from) return null;
  return { of: 'text', turn: Number(turn.dataset.turn), from: pointsBefore(text, from), until: pointsBefore(text, until) };
}
