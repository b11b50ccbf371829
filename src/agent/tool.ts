import { z } from "zod";
import type { Blobs } from "../trees/tree.ts";
import { type Seen, seen } from "../hygiene/seen.ts";
import type { ToolSpec } from "../models/model.ts";
import { strictSchema } from "../roles/answer-schema.ts";
import type { Prepared } from "../workspace/preparer.ts";
import type { Sandbox } from "../workspace/sandbox.ts";
import type { Overlay } from "./files.ts";
import { readLeniently } from "./lenient.ts";
import { withMeantNames } from "./tool-names.ts";

/** What tools work with. Nothing here names a repository, holds a token or reaches a network. */
export type Workbench = {
  readonly files: Overlay;
  /** `null`: no repository code runs, and the model is not offered `run`. */
  readonly sandbox: {
    readonly sandbox: Sandbox;
    readonly blobs: Blobs;
    /** Asked when a model first runs something: bringing packages in takes a while. */
    readonly prepared?: () => Promise<Prepared>;
  } | null;
  readonly resultBytesMax: number;
  readonly runTimeoutMs: number;
  readonly signal?: AbortSignal;
};

export type ToolOutput = { readonly text: Seen; readonly failed: boolean };

export type Tool = {
  readonly spec: ToolSpec;
  /** `journaled`: the same call may give another result, so the first is kept and shown again on a resume. */
  readonly repeat: "same-result" | "journaled";
  /** Arguments are checked here; every mistake of the model is an output that says what to do next. */
  use(args: unknown, workbench: Workbench): Promise<ToolOutput>;
};

type ToolParts<S extends z.ZodType> = {
  readonly name: string;
  readonly description: string;
  readonly args: S;
  readonly repeat?: Tool["repeat"];
  readonly use: (args: z.infer<S>, workbench: Workbench) => Promise<ToolOutput>;
};

export function defineTool<S extends z.ZodType>(parts: ToolParts<S>): Tool {
  const { name, description, args: schema } = parts;
  const parameters = strictSchema(schema);
  const own = Object.keys(parameters["properties"] as object);
  return {
    spec: { name, description: seen(description, "code"), parameters },
    repeat: parts.repeat ?? "same-result",
    use: async (args, workbench) => {
      const given = typeof args === "string" ? readLeniently(args, { type: "object" }) : args;
      const parsed = schema.safeParse(readLeniently(withMeantNames(given, own), parameters));
      if (parsed.success) return parts.use(parsed.data, workbench);
      const why = args === null ? "they were not valid JSON" : z.prettifyError(parsed.error);
      return failure(`The arguments of ${name} do not fit: ${why}. Call it again with ${own.join(", ")}.`);
    },
  };
}

export function success(text: string): ToolOutput {
  return { text: seen(text, "code"), failed: false };
}

export function failure(text: string): ToolOutput {
  return { text: seen(text, "code"), failed: true };
}
