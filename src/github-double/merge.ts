import { diff3Merge } from "node-diff3";
import type { FileEntry, Files, GitStore } from "./objects.ts";

/** Three-way merge of whole trees, line by line inside a file, as GitHub's merge button does. Renames are not followed. */
export type TreeMerge =
  | { readonly outcome: "merged"; readonly files: Files }
  | { readonly outcome: "conflict"; readonly paths: readonly string[] };

export function mergeFiles(store: GitStore, base: Files, ours: Files, theirs: Files): TreeMerge {
  const merged = new Map<string, FileEntry>();
  const conflicts: string[] = [];
  for (const path of new Set([...base.keys(), ...ours.keys(), ...theirs.keys()])) {
    const entry = mergeEntry(store, base.get(path), ours.get(path), theirs.get(path));
    if (entry === "conflict") conflicts.push(path);
    else if (entry) merged.set(path, entry);
  }
  conflicts.push(...filesThatAreFolders(merged));
  return conflicts.length > 0
    ? { outcome: "conflict", paths: conflicts.toSorted() }
    : { outcome: "merged", files: merged };
}

type Maybe = FileEntry | undefined;

function same(a: Maybe, b: Maybe): boolean {
  return a?.sha === b?.sha && a?.mode === b?.mode;
}

function mergeEntry(store: GitStore, base: Maybe, ours: Maybe, theirs: Maybe): Maybe | "conflict" {
  if (same(ours, theirs) || same(base, theirs)) return ours;
  if (same(base, ours)) return theirs;
  if (!base || !ours || !theirs) return "conflict";
  const text = mergeText(store, base.sha, ours.sha, theirs.sha);
  if (text === "conflict") return "conflict";
  return { sha: store.writeBlob(text), mode: ours.mode === base.mode ? theirs.mode : ours.mode };
}

function mergeText(store: GitStore, base: string, ours: string, theirs: string): Buffer | "conflict" {
  const versions = [ours, base, theirs].map((sha) => store.blob(sha));
  if (versions.some((version) => version.includes(0))) return "conflict";
  const [a, o, b] = versions.map((version) => version.toString("latin1").split(/(?<=\n)/)) as [
    string[],
    string[],
    string[],
  ];
  const regions = diff3Merge(a, o, b, { excludeFalseConflicts: true });
  if (regions.some((region) => region.conflict)) return "conflict";
  // latin1 keeps every byte as it is, whatever the file's encoding.
  return Buffer.from(regions.flatMap((region) => region.ok ?? []).join(""), "latin1");
}

function filesThatAreFolders(files: Files): string[] {
  const folders = new Set<string>();
  for (const path of files.keys()) {
    for (let slash = path.indexOf("/"); slash >= 0; slash = path.indexOf("/", slash + 1)) {
      folders.add(path.slice(0, slash));
    }
  }
  return [...files.keys()].filter((path) => folders.has(path));
}
