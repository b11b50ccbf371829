/** Collects output up to a size: the first half and the last half are kept, what is between is counted and dropped. */
export type Cut = { add(chunk: Buffer): void; text(): string };

export function cutInTheMiddle(bytesMax: number): Cut {
  const headMax = Math.ceil(bytesMax / 2);
  const tailMax = bytesMax - headMax;
  const head: Buffer[] = [];
  let headBytes = 0;
  let tail: Buffer[] = [];
  let tailBytes = 0;
  let dropped = 0;

  function addToTail(chunk: Buffer): void {
    tail.push(Buffer.from(chunk));
    tailBytes += chunk.length;
    // Joined only when twice too large: a flood of small chunks stays cheap.
    if (tailBytes > 2 * tailMax + 65_536) compact();
  }

  function compact(): void {
    const all = Buffer.concat(tail);
    const kept = tailMax === 0 ? Buffer.alloc(0) : all.subarray(-tailMax);
    dropped += all.length - kept.length;
    tail = [Buffer.from(kept)];
    tailBytes = kept.length;
  }

  return {
    add(chunk) {
      const room = headMax - headBytes;
      if (room > 0) {
        head.push(Buffer.from(chunk.subarray(0, room)));
        headBytes += Math.min(room, chunk.length);
      }
      if (chunk.length > room) addToTail(chunk.subarray(room));
    },
    text() {
      if (tailBytes > tailMax) compact();
      const middle = dropped > 0 ? Buffer.from(`\n[… ${dropped} bytes left out …]\n`) : Buffer.alloc(0);
      return Buffer.concat([...head, middle, ...tail]).toString("utf8");
    },
  };
}
