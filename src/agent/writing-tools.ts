import { z } from "zod";
import { unnamed } from "../hygiene/hidden-characters.ts";
import { meantByEnd, pathToWrite } from "../trees/meant-path.ts";
import type { Outcome } from "../trees/overlay.ts";
import { defineTool, type Workbench, failure, success, type ToolOutput } from "./tool.ts";

const path = z.string().min(1);

export const editFile = defineTool({
  name: "edit_file",
  description: "Replaces `old_text`, copied exactly and occurring once, by `new_text`.",
  args: z.object({ path, old_text: z.string().min(1), new_text: z.string() }),
  use: async (args, workbench) => {
    const file = meantByEnd(args.path, new Set(workbench.files.paths())) ?? named(args.path, workbench);
    if (typeof file !== "string") return failure(file.why);
    const done = await workbench.files.replace(file, args.old_text, args.new_text);
    if (done.outcome === "done") return said(done, `Edited ${file}.`);
    const now = await textOf(file, workbench.files);
    const [old, text] = [unnamed(args.old_text, now), unnamed(args.new_text, now)];
    return said(old === args.old_text ? done : await workbench.files.replace(file, old, text), `Edited ${file}.`);
  },
});

export const writeFile = defineTool({
  name: "write_file",
  description: "Writes a whole text file, new or over the old one.",
  args: z.object({ path, content: z.string() }),
  use: async (args, workbench) => {
    const file = named(args.path, workbench);
    if (typeof file !== "string") return failure(file.why);
    return said(
      await workbench.files.write(file, await withItsCharacters(file, args.content, workbench.files)),
      `Wrote ${file}.`,
    );
  },
});

export const deleteFile = defineTool({
  name: "delete_file",
  description: "Deletes a file.",
  args: z.object({ path }),
  use: async (args, workbench) => {
    const file = named(args.path, workbench);
    if (typeof file !== "string") return failure(file.why);
    return said(await workbench.files.remove(file), `Deleted ${file}.`);
  },
});

/** What was shown with names for its invisible characters is written with those characters. */
export async function withItsCharacters(path: string, text: string, files: Workbench["files"]): Promise<string> {
  return unnamed(text, await textOf(path, files));
}

async function textOf(path: string, files: Workbench["files"]): Promise<string> {
  const file = await files.read(path);
  return file.kind === "text" ? file.text : "";
}

function named(said: string, workbench: Workbench): string | { readonly why: string } {
  const path = pathToWrite(said, new Set(workbench.files.paths()));
  if (typeof path === "string") return path;
  const [one, other] = path.either.map((each) => JSON.stringify(each));
  return { why: `${JSON.stringify(said)} can mean two places. Say ${one} or ${other}.` };
}

function said(outcome: Outcome, sentence: string): ToolOutput {
  return outcome.outcome === "done" ? success(sentence) : failure(outcome.why);
}
