import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** So far from the edge of the window something counts as seen, so that it is drawn before it comes. */
const MARGIN = '300px';

/**
 * Whether an element is in sight or near it; true until the browser has looked.
 * @param onCome when it comes into sight
 */
export function useSight(element: RefObject<Element | null>, onCome: () => void): RefObject<boolean> {
  const isSeen = useRef(true);
  const latest = useRef(onCome);
  latest.current = onCome;
  useEffect(() => {
    if (element.current === null) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        const before = isSeen.current;
        isSeen.current = entries.at(-1)?.isIntersecting ?? true;
        if (isSeen.current && !before) latest.current();
      },
      { rootMargin: MARGIN },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return isSeen;
}
