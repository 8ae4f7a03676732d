import { type Signal, useSignal, useSignalEffect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { isTabId, type TabId } from './tab-list.tsx';

/** The tab that is open. It stands in the address, so that a reload and a link come back to it. */
export function useTab(): Signal<TabId> {
  const tab = useSignal<TabId>(readTab());
  useSignalEffect(() => {
    if (readTab() !== tab.value) history.replaceState(null, '', `#${tab.value}`);
  });
  useEffect(() => {
    const follow = (): void => {
      tab.value = readTab();
    };
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, [tab]);
  return tab;
}

function readTab(): TabId {
  const id = location.hash.slice(1);
  return isTabId(id) ? id : 'charts';
}
