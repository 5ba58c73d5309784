import { useRecordings } from '../recordings/recordingsStore.ts';

/** Whether the list of what is different stands beside the map: while something is compared, or a past moment is shown. */
export function useChangesOpen(at: number | null, vs: number | null): boolean {
  const against = useRecordings((state) => state.against);
  const closed = useRecordings((state) => state.listClosed);
  return !closed && (vs !== null || against !== null || at !== null);
}
