import { readTar } from "./tar.ts";

/**
 * What comes back beside the output. The script inside writes on its error stream, which the command it runs does not
 * hold: first what went wrong while the run was made ready, then one line that the command starts now, then the files
 * that were asked for as a tar archive. So no output can be mistaken for a report, and no broken start for a command
 * that failed.
 */
export const STARTED_LINE = "coop: the command starts";
/** Behind everything else, from a driver whose memory is counted where the run is. */
export const OUT_OF_MEMORY_LINE = "coop: out of memory";

/** One file: the largest report of a monorepo's test run that we met has 5 MB. */
export const REPORT_BYTES_MAX = 16 * 1024 * 1024;
/** Maven and Gradle write a file for each class of tests. */
export const REPORT_FILES_MAX = 2000;
/** All files together, with their headers; a run holds as much in this process. */
const CHANNEL_BYTES_MAX = 32 * 1024 * 1024;
const WORDS_BYTES_MAX = 4096;

export type Heard = {
  readonly started: boolean;
  /** What was said before the command started. */
  readonly words: string;
  readonly reports: ReadonlyMap<string, Buffer>;
  readonly outOfMemory: boolean;
};

export type Channel = { add(chunk: Buffer): void; heard(): Heard };

export function channel(): Channel {
  const chunks: Buffer[] = [];
  let room = CHANNEL_BYTES_MAX;
  return {
    add(chunk) {
      if (room > 0) chunks.push(chunk.subarray(0, room));
      room -= chunk.length;
    },
    heard: () => read(Buffer.concat(chunks)),
  };
}

function read(bytes: Buffer): Heard {
  const line = `${STARTED_LINE}\n`;
  const at = bytes.indexOf(line);
  const started = at === 0 || (at > 0 && bytes[at - 1] === 0x0a);
  const words = bytes.subarray(0, Math.min(started ? at : bytes.length, WORDS_BYTES_MAX)).toString("utf8");
  const outOfMemory =
    started && bytes.subarray(-OUT_OF_MEMORY_LINE.length - 1).toString("latin1") === `${OUT_OF_MEMORY_LINE}\n`;
  return { started, words, outOfMemory, reports: started ? reportsIn(bytes.subarray(at + line.length)) : new Map() };
}

/** A file that is too large or was cut is missing as a whole: half a report would be read as a whole one. */
function reportsIn(archive: Buffer): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (const { path, content } of readTar(archive)) {
    if (found.size >= REPORT_FILES_MAX) break;
    if (content.length <= REPORT_BYTES_MAX) found.set(path.replace(/^\.\//, ""), content);
  }
  return found;
}
