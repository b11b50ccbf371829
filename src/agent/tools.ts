import { seen } from "../hygiene/seen.ts";
import type { ToolSpec } from "../models/model.ts";
import { strictSchema } from "../roles/answer-schema.ts";
import type { RoleTask } from "../roles/task.ts";
import { listFiles, readFile } from "./reading-tools.ts";
import { runCommand } from "./run-tool.ts";
import { search } from "./search-tool.ts";
import type { Tool } from "./tool.ts";
import { deleteFile, editFile, writeFile } from "./writing-tools.ts";

/** The tool by which a writing role ends; its arguments are the answer. */
export const FINISH = "finish";

const READING: readonly Tool[] = [listFiles, search, readFile];
const WRITING: readonly Tool[] = [editFile, writeFile, deleteFile];

/** What a role is offered. `run` only where there is a sandbox: a tool that always refuses costs turns. */
export function toolsFor(kind: "none" | "read" | "write", sandbox: "available" | "none"): readonly Tool[] {
  if (kind === "none") return [];
  return [...READING, ...(kind === "write" ? WRITING : []), ...(sandbox === "available" ? [runCommand] : [])];
}

export function specsFor<A>(task: RoleTask<A>, tools: readonly Tool[]): ToolSpec[] {
  const specs = tools.map((tool) => tool.spec);
  return task.tools === "write" ? [...specs, finishSpec(task)] : specs;
}

function finishSpec<A>(task: RoleTask<A>): ToolSpec {
  const description = seen("Ends the work.", "line");
  return { name: FINISH, description, parameters: strictSchema(task.answer) };
}
