import { z } from "zod";
import { unnamed } from "../hygiene/hidden-characters.ts";
import { meantByEnd, meantPath, newPathMeant } from "../trees/meant-path.ts";
import type { EditOutcome } from "./files.ts";
import { defineTool, type Desk, failure, success, type ToolOutput } from "./tool.ts";

const path = z.string().min(1);

export const editFile = defineTool({
  name: "edit_file",
  description: "Replaces `old_text`, copied exactly and occurring once, by `new_text`.",
  args: z.object({ path, old_text: z.string().min(1), new_text: z.string() }),
  use: async (args, desk) => {
    const file = meantByEnd(args.path, new Set(desk.files.paths())) ?? existing(args.path, desk);
    const done = await desk.files.replace(file, args.old_text, args.new_text);
    if (done.outcome === "done") return said(done, `Edited ${file}.`);
    const now = await textOf(file, desk);
    const [old, text] = [unnamed(args.old_text, now), unnamed(args.new_text, now)];
    return said(old === args.old_text ? done : await desk.files.replace(file, old, text), `Edited ${file}.`);
  },
});

export const writeFile = defineTool({
  name: "write_file",
  description: "Writes a whole text file, new or over the old one.",
  args: z.object({ path, content: z.string() }),
  use: async (args, desk) => {
    const file = existing(args.path, desk);
    return said(await desk.files.write(file, unnamed(args.content, await textOf(file, desk))), `Wrote ${file}.`);
  },
});

export const deleteFile = defineTool({
  name: "delete_file",
  description: "Deletes a file.",
  args: z.object({ path }),
  use: async (args, desk) => {
    const file = existing(args.path, desk);
    return said(await desk.files.remove(file), `Deleted ${file}.`);
  },
});

/** What was shown with names for its invisible characters is written with those characters. */
async function textOf(path: string, desk: Desk): Promise<string> {
  const file = await desk.files.read(path);
  return file.kind === "text" ? file.text : "";
}

function existing(said: string, desk: Desk): string {
  const paths = new Set(desk.files.paths());
  return meantPath(said, paths) ?? newPathMeant(said, paths);
}

function said(outcome: EditOutcome, sentence: string): ToolOutput {
  return outcome.outcome === "done" ? success(sentence) : failure(outcome.why);
}
