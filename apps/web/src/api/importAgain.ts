/** Milliseconds before each further attempt. */
const waits: readonly number[] = [100, 300, 1_000, 2_000, 4_000];

/**
 * A part of the page that is loaded when it is wanted, tried again where it could not be fetched. Chromium breaks off every request under way when an
 * interface of the machine comes or goes (ERR_NETWORK_CHANGED), and on a Docker host each container that starts is one. Throws what the last attempt threw.
 */
export async function importAgain<T>(load: () => Promise<T>, pauses: readonly number[] = waits): Promise<T> {
  for (const pause of pauses) {
    try {
      return await load();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  return load();
}
