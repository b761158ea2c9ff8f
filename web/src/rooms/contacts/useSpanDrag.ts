// Dragging over a waveform with Shift held marks a span of time; without Shift it moves the cursor as ever.
import { type MouseEvent, type PointerEvent, useRef } from 'react';

const leastMs = 200; // less is a click

export function useSpanDrag(length: number, onSpan: ((from: number, until: number, done: boolean) => void) | undefined) {
  const begun = useRef<number>();
  const moved = useRef(false);
  const timeAt = (event: PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - left) / width)) * length;
  };
  if (!onSpan || length <= 0) return {};
  const tell = (event: PointerEvent<HTMLElement>, done: boolean) => {
    const [from, until] = [begun.current ?? 0, timeAt(event)];
    moved.current = Math.abs(until - from) >= leastMs;
    if (moved.current) onSpan(Math.min(from, until), Math.max(from, until), done);
  };
  return {
    onPointerDownCapture: (event: PointerEvent<HTMLElement>) => {
      moved.current = false;
      if (!event.shiftKey || event.button !== 0) return;
      begun.current = timeAt(event);
      event.currentTarget.setPointerCapture(event.pointerId);
      event.stopPropagation();
      event.preventDefault();
    },
    onPointerMoveCapture: (event: PointerEvent<HTMLElement>) => {
      if (begun.current === undefined) return;
      event.stopPropagation();
      tell(event, false);
    },
    onPointerUpCapture: (event: PointerEvent<HTMLElement>) => {
      if (begun.current === undefined) return;
      event.stopPropagation();
      tell(event, true);
      begun.current = undefined;
    },
    // The click that ends a drag would move the cursor.
    onClickCapture: (event: MouseEvent) => {
      if (moved.current) event.stopPropagation();
      moved.current = false;
    },
  };
}
