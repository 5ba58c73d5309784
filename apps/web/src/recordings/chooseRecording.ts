import { useRecordings } from './recordingsStore.ts';

/** Lets a person choose a file by the browser's own dialog. */
export function chooseRecording(): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.json,.gz,application/json,application/gzip';
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    if (file) void useRecordings.getState().open(file);
  });
  input.click();
}
