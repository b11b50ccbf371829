import type { Blobs, Tree } from "../../trees/tree.ts";
import { deno } from "./deno.ts";
import { golang } from "./golang.ts";
import { gradle } from "./gradle.ts";
import { inputsOf } from "./inputs.ts";
import { javascript } from "./javascript.ts";
import { java } from "./java.ts";
import { php } from "./php.ts";
import { python } from "./python.ts";
import type { Manifests, Recipe } from "./recipe.ts";
import { ruby } from "./ruby.ts";
import { rust } from "./rust.ts";

/** What a repository needs before anything of it can run, read from its manifests alone. */
export function findRecipes(manifests: Manifests): Recipe[] {
  return [javascript, deno, python, golang, rust, java, gradle, ruby, php].flatMap((find) => find(manifests));
}

/** A manifest is written by hand or by a tool of its trade; a larger one is neither. Lockfiles of large monorepos have 2 MB. */
const INPUT_BYTES_MAX = 16 * 1024 * 1024;
/** @throws when a content is not in the blob store */
export async function readManifests(tree: Tree, blobs: Blobs): Promise<Manifests> {
  const texts = new Map<string, string>();
  const paths = [...tree].filter(([, file]) => file.mode !== "160000" && file.mode !== "120000").map(([path]) => path);
  for (const path of inputsOf(tree)) {
    const file = tree.get(path);
    if (!file || file.sizeBytes > INPUT_BYTES_MAX) continue;
    const content = await blobs.get(file.sha);
    if (!content) throw new Error(`The content of ${path} (${file.sha}) is not in the blob store`);
    texts.set(path, content.toString("utf8"));
  }
  return { paths, text: (path) => texts.get(path) };
}
