import type { Said } from "../tests/said.ts";

const FILE_NAME = /^[\w-][\w.-]*\.\w{1,8}$/;
const FOLDER = /^[\w./-]+$/;

/**
 * `"testdata/" + name` became `"testdata/a.txt"` where the test says it: the same file, by a path that is written down in one
 * piece now. The folder has to be one that the old file named.
 */
export function isNowWithFolder(literal: string, before: Said, now: Said): boolean {
  if (!FILE_NAME.test(literal)) return false;
  for (const folder of before.groups.keys()) {
    if (!FOLDER.test(folder)) continue;
    if (now.groups.has(`${folder}${folder.endsWith("/") ? "" : "/"}${literal}`)) return true;
  }
  return false;
}
