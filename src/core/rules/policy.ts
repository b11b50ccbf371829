import { z } from "zod";
import {
  CHANGED_FILES_MAX,
  LINE_CHARS_MAX,
  NAME_CHARS_MAX as MODEL_CHARS_MAX,
  OVERLAP_HOURS_MAX,
  PROOF_ITEMS_MAX,
  SIDE_BY_SIDE_MAX,
} from "../ledger/limits.ts";
import { roleSchema, taskTypeSchema, type TaskType } from "../ledger/ids.ts";
import { MERGE_METHODS } from "./merge-rule.ts";
import { proofItemIdSchema, type ProofItemId, usualProof } from "../ticket/proof-items.ts";

/**
 * The repository's policy, `.github/coop.yml` on the default branch. Every field has a safe default, so that an absent
 * file means: people with write access decide, protected files stay untouched, and proof is asked for in full.
 */

/** Caps of what the file may say: none of them is near what a policy needs. */
const USD_MAX = 10_000;
const NAME_CHARS_MAX = 60;
const COMMAND_CHARS_MAX = 1_000;
const SETUP_CHARS_MAX = 2_000;
const COMMANDS_MAX = 8;
const PATTERN_CHARS_MAX = 200;
const PATTERNS_MAX = 100;
const CHECKS_MAX = 50;
const NOTES_MAX = 10;
const MUTATIONS_MAX = 40;
const TICKETS_PER_DAY_MAX = 500;
const COMMAND_SECONDS_MAX = 1_800;
const CHECKS_MINUTES_MAX = 24 * 60;

/** A pool has no more seats worth naming. */
const PREFERRED_MAX = 10;
const modelNames = z.array(z.string().min(1).max(MODEL_CHARS_MAX)).max(PREFERRED_MAX);
/** A list is about who writes; an object names a list for each role that it is about. */
const preferredSchema = z.union([modelNames, z.partialRecord(roleSchema, modelNames)]).default([]);
const usd = z.number().min(0).max(USD_MAX);

/** A third fix round has rarely saved what two could not; a person can grant one. */
export const FIX_ROUNDS_MAX = 2;

const commandSchema = z.strictObject({
  name: z.string().min(1).max(NAME_CHARS_MAX),
  run: z
    .string()
    .min(1)
    .max(COMMAND_CHARS_MAX)
    .describe("Shell command line, run in the sandbox at the repository's root."),
  /** `tests`: its output must show that at least one test ran. */
  proves: z.enum(["tests", "command"]).default("tests"),
  timeoutSeconds: z.number().int().min(1).max(COMMAND_SECONDS_MAX).default(300),
  /** JUnit files that the command writes, for a runner that cannot be asked for a report; `*` stands for a part of a name. */
  report: z
    .string()
    .min(1)
    .max(LINE_CHARS_MAX)
    .regex(/^(?!\/)(?!.*(?:^|\/)\.\.(?:\/|$)).*$/, "is a path inside the repository")
    .optional(),
});

const setupSchema = z.strictObject({
  name: z.string().min(1).max(NAME_CHARS_MAX),
  run: z
    .string()
    .min(1)
    .max(SETUP_CHARS_MAX)
    .describe("Shell command line; it may reach the package registries and nothing else."),
  timeoutSeconds: z.number().int().min(1).max(COMMAND_SECONDS_MAX).default(600),
});
export type VerifyCommand = z.infer<typeof commandSchema>;

export const policySchema = z.strictObject({
  /** Commands that decide whether the repository works. Absent: found from its manifest (package.json, go.mod, …). */
  verify: z.array(commandSchema).max(COMMANDS_MAX).optional(),
  /** How packages are brought in. Absent: as the manifests and lockfiles say. */
  setup: z.array(setupSchema).max(COMMANDS_MAX).default([]),
  /** How the pull request is merged. Absent: the first of merge, squash and rebase that the repository allows. */
  merge: z.union([z.enum(MERGE_METHODS), z.strictObject({ method: z.enum(MERGE_METHODS) })]).optional(),
  planGate: z.enum(["always", "never", "by-risk"]).default("by-risk"),
  /** Work as usual, but write nothing to GitHub: the ticket's page shows what would be written there. */
  dryRun: z.boolean().default(false),
  /**
   * What becomes of a plan with several parts. `off`: its first part is built, the others are named for later tickets. `ask`: a
   * person chooses between that (`/coop approve`) and one child ticket a part (`/coop split`). `on`: it becomes child tickets.
   */
  epics: z
    .strictObject({
      mode: z.enum(["off", "ask", "on"]).default("ask"),
      /** So many parts are at work at a time. */
      sideBySide: z.number().int().min(1).max(SIDE_BY_SIDE_MAX).default(2),
    })
    .prefault({}),
  /** Pins a role to a model of the pool, by its name there. */
  pin: z.partialRecord(roleSchema, z.string().min(1).max(MODEL_CHARS_MAX)).default({}),
  /**
   * Which models are taken first, by their names in the pool: `small` for small work of low risk, `large` for large work or high
   * risk. A list is about who writes, `{ reviewer: [opus] }` about that role. Empty, or where none of them is there: everybody in turn.
   */
  prefer: z.strictObject({ small: preferredSchema, large: preferredSchema }).prefault({}),
  /**
   * Who plays a role of those that may play it equally well: everybody in `turn`, or who did better in it on such tickets of this
   * repository by the `scorecard`, as long as results differ clearly. One ticket in three goes in turn all the same.
   */
  ties: z.enum(["turn", "scorecard"]).default("turn"),
  proof: z
    .strictObject({
      /** Items that are asked for besides those of the task's type. `required` is the older name of the same. */
      also: z.array(proofItemIdSchema).optional(),
      required: z.array(proofItemIdSchema).optional(),
      /** Items that are not asked for, each with a reason that every proof shows. Never the reviews. */
      waive: z
        .array(
          z.strictObject({ item: proofItemIdSchema.exclude(["reviews"]), why: z.string().min(1).max(LINE_CHARS_MAX) }),
        )
        .max(PROOF_ITEMS_MAX)
        .optional(),
      /** Items that nobody may let pass with `/coop accept`. The reviews never pass unproven, named here or not. */
      neverAccept: z.array(proofItemIdSchema).max(PROOF_ITEMS_MAX).optional(),
      /** Check runs that must be green. Absent: every check run the repository has on the commit. */
      checks: z.array(z.string().min(1).max(PATTERN_CHARS_MAX)).max(CHECKS_MAX).optional(),
      mutationsMax: z.number().int().min(0).max(MUTATIONS_MAX).default(8),
      checksTimeoutMinutes: z.number().int().min(0).max(CHECKS_MINUTES_MAX).default(30),
    })
    .prefault({}),
  limits: z
    .strictObject({
      usdPerTicket: usd.default(5),
      usdPerDay: usd.default(50),
      tokensPerTicket: z.number().int().min(0).default(3_000_000),
      /** So long a ticket waits for another one that writes the same files. 0: it only says so. */
      overlapHours: z.number().min(0).max(OVERLAP_HOURS_MAX).default(24),
      fixRounds: z.number().int().min(0).max(FIX_ROUNDS_MAX).default(FIX_ROUNDS_MAX),
      changedFiles: z.number().int().min(1).max(CHANGED_FILES_MAX).default(60),
      ticketsPerDay: z.number().int().min(1).max(TICKETS_PER_DAY_MAX).default(40),
    })
    .prefault({}),
  /** Globs, in addition to the built-in ones, that no change may touch unless a person says yes to exactly that. */
  protected: z.array(z.string().min(1).max(PATTERN_CHARS_MAX)).max(PATTERNS_MAX).default([]),
  /**
   * Whom a comment calls when a person has to decide: the ticket's author, its assignees, the owners of the changed files as
   * CODEOWNERS names them, or nobody. Nobody is called twice for one thing.
   */
  notify: z.enum(["author", "assignee", "codeowners", "nobody"]).default("author"),
  gate: z
    .strictObject({
      /**
       * Pull requests that no ticket of this program made and that are proven all the same, without a model: none, those that
       * bots open (other agents among them), or everybody's. `/coop proof` asks for it on any one.
       */
      pulls: z.enum(["off", "bots", "all"]).default("off"),
    })
    .prefault({}),
  approvals: z
    .strictObject({
      /** A person's approving review merges, like `/coop approve`. */
      githubReview: z.boolean().default(false),
      /** The one who approves must not be the last person who pushed to the branch, also where the bot wrote something on top. */
      otherThanPusher: z.boolean().default(true),
    })
    .prefault({}),
  /** Files with house rules that every role reads, besides AGENTS.md, ARCHITECTURE.md and CONTRIBUTING.md. */
  notes: z.array(z.string().min(1).max(PATTERN_CHARS_MAX)).max(NOTES_MAX).default([]),
  types: z.partialRecord(taskTypeSchema, z.array(z.string())).default({}).describe("Labels that mean a task type."),
});
export type Policy = z.infer<typeof policySchema>;

export const DEFAULT_POLICY: Policy = policySchema.parse({});

export function requiredProof(policy: Policy, type: TaskType): readonly ProofItemId[] {
  const { also = [], required = [], waive = [] } = policy.proof;
  const waived = new Set<ProofItemId>(waive.map((one) => one.item));
  return [...new Set([...usualProof(type), ...required, ...also])].filter((id) => !waived.has(id));
}
