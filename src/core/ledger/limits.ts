/**
 * Caps of what a ledger keeps: characters of a text, items of a list. Together they keep an entry and its readable form inside
 * one comment on GitHub; what a person or a model says beyond them is cut by `fit-entry.ts`, which says so. Ledgers of today
 * hold texts up to these lengths, so a cap may grow and never shrink.
 */

/** What one sentence or short paragraph of a model or of this program takes. */
export const SENTENCE_CHARS_MAX = 1_500;
/** One line of a list; also titles, of which GitHub takes 256 characters. */
export const LINE_CHARS_MAX = 300;
/** A statement of a plan, or what shows one. */
export const STATEMENT_CHARS_MAX = 600;
/** A person's reason for letting something pass; the words behind a command. */
export const WHY_CHARS_MAX = 500;
/** What has to be changed, or what was. */
export const INSTRUCTION_CHARS_MAX = 1_000;
/** A root cause, steps to see it, one inline comment of a person. */
export const ACCOUNT_CHARS_MAX = 2_000;
/** What a person answers or asks for in one comment. */
export const PERSON_TEXT_CHARS_MAX = 8_000;
/** Our answer to a command, with its tables. */
export const REPLY_CHARS_MAX = 6_000;
/** A quoted line, or a detail of a proof. */
export const QUOTE_CHARS_MAX = 400;
/** The lines that a reviewer puts in place of others. More is a change for the Implementer. */
export const REPLACEMENT_CHARS_MAX = 1_500;
/** The name of a part of a plan. */
export const HEADING_CHARS_MAX = 120;
/** The heading of a finding. */
export const FINDING_TITLE_CHARS_MAX = 160;
/** One shell command line. */
export const COMMAND_CHARS_MAX = 1_000;
/** A login, a label, a model. */
export const NAME_CHARS_MAX = 100;
/** A vendor, a kind, a code, a command's name. */
export const SHORT_NAME_CHARS_MAX = 60;
/** Where something was said, or which model a provider says that it was. */
export const SOURCE_CHARS_MAX = 200;
/** A file's path in a record. */
export const PATH_CHARS_MAX = 400;
/** A file's path, or the name of a test, that a model gives. */
export const PLANNED_PATH_CHARS_MAX = 300;
/** What Git hosts take as a branch's name. */
export const BRANCH_CHARS_MAX = 255;
/** The id of a finding, the verb of a command. */
export const ID_CHARS_MAX = 20;
/** `D1` to `D99`, with room. */
export const DONE_ID_CHARS_MAX = 5;
/** The name of a fact in a reason. */
export const FACT_NAME_CHARS_MAX = 40;
/** More changed files than that no reviewer reads; the policy asks for fewer. */
export const CHANGED_FILES_MAX = 300;
/** Files of one chunk, and files beside the plan. */
export const PLANNED_FILES_MAX = 40;
/** Chunks of a plan: more of them than a person reads before saying yes. What is larger is planned in several tickets. */
export const CHUNKS_MAX = 12;
/** Files of another ticket that an entry names; nobody reads more of them. */
export const OVERLAP_FILES_MAX = 10;
/** A week: who waits longer for another ticket waits for nothing. */
export const OVERLAP_HOURS_MAX = 168;
/** Parts of an epic at work at a time: more pull requests than that nobody reviews. */
export const SIDE_BY_SIDE_MAX = 10;
/** Lines of one list of a plan; also reasons and tests that change. */
export const PLAN_LINES_MAX = 20;
/** Items of a Definition of Done; also what a reviewer attacked. */
export const DONE_ITEMS_MAX = 15;
/** Lines of one list that a role hands to the next. */
export const HANDOFF_LINES_MAX = 12;
/** Findings of all rounds that a role is told of and answers. */
export const FINDINGS_KNOWN_MAX = 40;
/** Findings of one review in a record; models are asked for fewer. */
export const FINDINGS_RECORDED_MAX = 25;
/** Items of a proof, with room for those of later versions. */
export const PROOF_ITEMS_MAX = 20;
/** Changes that no test noticed, of one proof. With the findings of reviewers they fit what a role answers. */
export const SURVIVORS_MAX = 20;
/** Lines below one item of a proof. */
export const PROOF_DETAILS_MAX = 30;
/** Kinds of things that were taken out or cut. */
export const NOTES_MAX = 10;
/** What GitHub takes on one issue. */
export const LABELS_MAX = 100;
/** Protected files that one approval names. */
export const PATHS_ACCEPTED_MAX = 100;
/** Inline comments of one review. */
export const COMMENTS_MAX = 50;
/** Commands that a halt offers. */
export const NEXT_MAX = 6;
/** Lines below a halt; commands of a repository. */
export const DETAILS_MAX = 40;
/** A person answers a handful of questions in one go; more is an interview. */
export const QUESTIONS_MAX = 5;
