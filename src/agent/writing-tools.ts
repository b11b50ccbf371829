import { z } from "zod";
import type { EditOutcome } from "./files.ts";
import { defineTool, failure, success, type ToolOutput } from "./tool.ts";

const path = z.string().min(1).max(300);

export const editFile = defineTool({
  name: "edit_file",
  description:
    "Replaces `old_text`, which must occur exactly once in the file, copied exactly and without the line numbers of read_file, with `new_text`.",
  args: z.object({ path, old_text: z.string().min(1), new_text: z.string() }),
  use: async (args, desk) =>
    said(await desk.files.replace(args.path, args.old_text, args.new_text), `Edited ${args.path}.`),
});

export const writeFile = defineTool({
  name: "write_file",
  description: "Writes a whole text file, new or instead of the one that is there.",
  args: z.object({ path, content: z.string() }),
  use: async (args, desk) => said(await desk.files.write(args.path, args.content), `Wrote ${args.path}.`),
});

export const deleteFile = defineTool({
  name: "delete_file",
  description: "Deletes a file.",
  args: z.object({ path }),
  use: async (args, desk) => said(await desk.files.remove(args.path), `Deleted ${args.path}.`),
});

function said(outcome: EditOutcome, sentence: string): ToolOutput {
  return outcome.outcome === "done" ? success(sentence) : failure(outcome.why);
}
