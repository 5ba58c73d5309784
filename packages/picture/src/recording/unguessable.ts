/** Bytes of the system's random source, which browsers, workers and Node.js have alike. */
export function unguessable(): () => number {
  const bytes = new Uint8Array(4096);
  let at = bytes.length;
  return () => {
    if (at === bytes.length) {
      crypto.getRandomValues(bytes);
      at = 0;
    }
    return bytes[at++] ?? 0;
  };
}
