import { decode, encode } from "./encoding.ts";
import { diff3Merge } from "node-diff3";
import { decodeText } from "./text.ts";
import type { Blobs, Tree, TreeFile } from "./tree.ts";

/**
 * What a merge of two trees gives, file by file and then line by line, without a repository and without git: the merge
 * result is verified before it exists anywhere. Where both sides changed the same lines, our version stands and the path
 * is named as a conflict.
 */
export type Merged = { readonly tree: Tree; readonly conflicts: readonly string[] };

export async function mergeTrees(blobs: Blobs, base: Tree, ours: Tree, theirs: Tree): Promise<Merged> {
  const tree = new Map<string, TreeFile>();
  const conflicts: string[] = [];
  for (const path of new Set([...ours.keys(), ...theirs.keys()])) {
    const merged = await mergedFile(blobs, base.get(path), ours.get(path), theirs.get(path));
    if (merged === "conflict") conflicts.push(path);
    const standing = merged === "conflict" ? ours.get(path) : merged;
    if (standing) tree.set(path, standing);
  }
  return { tree, conflicts };
}

type Maybe = TreeFile | undefined;

async function mergedFile(blobs: Blobs, before: Maybe, our: Maybe, their: Maybe): Promise<Maybe | "conflict"> {
  if (sameFile(our, their) || sameFile(before, their)) return our;
  // Links and submodules cannot be written by the Implementer, so the base's always count.
  if (sameFile(before, our) || (their && !isPlain(their))) return their;
  const [o, a, b] = [await plainText(blobs, before), await plainText(blobs, our), await plainText(blobs, their)];
  if (!our || o === null || a === null || b === null) return "conflict";
  const regions = diff3Merge(lines(a), lines(o), lines(b), { excludeFalseConflicts: true });
  if (regions.some((region) => region.conflict)) return "conflict";
  const ours = await blobs.get(our.sha);
  const content = encode(
    regions.flatMap((region) => region.ok ?? []).join(""),
    (ours && decode(ours)?.encoding) ?? "utf-8",
  );
  // Theirs may hold characters for which the encoding of ours has no bytes.
  if (!content) return "conflict";
  return { mode: our.mode, sha: await blobs.put(content), sizeBytes: content.length };
}

/** With their line ends, so that joining them gives the same bytes. */
function lines(text: string): string[] {
  return text.split(/(?<=\n)/);
}

/** @returns null for what is missing, no plain file, or no text */
export async function plainText(blobs: Blobs, file: Maybe): Promise<string | null> {
  const content = file && isPlain(file) ? await blobs.get(file.sha) : null;
  return content ? decodeText(content) : null;
}

export function isPlain(file: TreeFile): boolean {
  return file.mode === "100644" || file.mode === "100755";
}

export function sameFile(a: Maybe, b: Maybe): boolean {
  return a?.sha === b?.sha && a?.mode === b?.mode;
}
