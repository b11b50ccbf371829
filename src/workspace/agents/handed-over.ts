import type { AgentEdit } from "../coding-agent.ts";
import { fieldsIn, listIn, textIn } from "./kind.ts";
import { ERRORS_CHARS_MAX, type Manifest, MANIFEST_FILE, WORK_FOLDER } from "./supervisor.ts";

/** What came out of the sandbox beside the output. Repository code could have written all of it, so it is only read. */
export type HandedOver = Pick<Manifest, "exitCode" | "ended" | "errors"> & {
  readonly edits: readonly AgentEdit[];
  readonly left: readonly string[];
};

const ENDS = ["itself", "out-of-time", "stopped", "not-started"] as const;
/** Longer paths than most file systems hold. */
const PATH_CHARS_MAX = 1_000;

/** @returns null when nothing was handed over that can be read */
export function handedOver(reports: ReadonlyMap<string, Buffer>): HandedOver | null {
  const manifest = parsed(reports.get(`${WORK_FOLDER}/${MANIFEST_FILE}`));
  if (!manifest) return null;
  const edits: AgentEdit[] = [];
  const left: string[] = [];
  for (const one of listIn(manifest.files)) {
    const path = textIn(one.path)?.slice(0, PATH_CHARS_MAX);
    if (path === undefined) continue;
    const content = one.is === "file" ? reports.get(`${WORK_FOLDER}/${String(one.at)}`) : undefined;
    if (content) edits.push({ path, content });
    else if (one.is === "removed") edits.push({ path, content: null });
    else left.push(`${path} was not taken: ${WHY[textIn(one.is) ?? ""] ?? "it could not be read"}.`);
  }
  return {
    exitCode: typeof manifest.exitCode === "number" ? manifest.exitCode : null,
    ended: ENDS.find((one) => one === manifest.ended) ?? "itself",
    errors: (textIn(manifest.errors) ?? "").slice(-ERRORS_CHARS_MAX),
    edits,
    left,
  };
}

const WHY: Readonly<Record<string, string>> = {
  link: "links cannot be edited",
  "too-large": "it is larger than a file of a change may be",
  "no-room": "all changed files together are larger than a change may be",
  "one-too-many": "a change may not touch that many files",
};

function parsed(bytes: Buffer | undefined): ReturnType<typeof fieldsIn> | null {
  if (!bytes) return null;
  try {
    return fieldsIn(JSON.parse(bytes.toString("utf8")) as unknown);
  } catch {
    return null;
  }
}
