import { type Check, well, wrong } from "../../audit/checkup.ts";
import { environment, loadModels } from "../../config.ts";
import type { Lesson } from "../../models/abilities.ts";
import { resolvePoolEntry } from "../../models/catalogue.ts";
import { isSameModel } from "../../models/independence.ts";
import type { ReadyEntry } from "../../models/doors.ts";
import { modelOf } from "../../models/pool.ts";
import type { Capability } from "../../models/spec.ts";
import { type Could, type Deeds, deedsOf, type Did, FIRST_WORD_MS, type Trouble } from "./asks.ts";
import { columns } from "../table.ts";

/** What `coop doctor --models` says of each model of the pool: what it does, what it lacks, and the setting that mends it. */
export type ModelCheck = Did & {
  readonly name: string;
  /** What the server says that it answered with; null where it says nothing. */
  readonly answeredBy: string | null;
  /** The settings that spare the refusals of this check, or mend what is missing. */
  readonly settings: readonly string[];
  /** What is wrong, without the model's name. */
  readonly problem: string | null;
  /** What to do; null when all is well. */
  readonly next: string | null;
};

const COLUMNS = ["model", "tool call", "answer in schema", "call, then answer", "answered by"];
const CELLS: Readonly<Record<Could, string>> = { yes: "yes", no: "NO", unknown: "?" };

/** @param say told before the models are asked, because one that hangs is waited for */
export async function checkModels(
  say: (line: string) => void,
): Promise<{ readonly checks: Check[]; readonly models: readonly ModelCheck[] }> {
  const loaded = loadModels(environment());
  if (loaded.outcome === "refused")
    return { checks: [wrong("models", loaded.sentence, "Set it, then run this again.")], models: [] };
  const longest = Math.max(...loaded.pool.map((entry) => resolvePoolEntry(entry).firstTokenMs ?? FIRST_WORD_MS));
  const left = loaded.keyless.map(({ name, variable }) => `${name} (${variable} is not set)`);
  const leftOut = left.length > 0 ? ` Left out: ${left.join(", ")}.` : "";
  say(
    `Asking ${loaded.pool.map(({ name }) => name).join(", ")} what the roles ask. One that does not answer is waited for: up to ${Math.ceil(longest / 60_000)} min.${leftOut}`,
  );
  const models = await Promise.all(loaded.pool.map(checkModel));
  return { checks: models.map(checkOf), models };
}

export async function checkModel(entry: ReadyEntry): Promise<ModelCheck> {
  const model = modelOf(entry);
  const deeds = await deedsOf(model);
  const { learnt } = model.abilities;
  const mended = lacks(deeds) ? await mendedBy(entry, learnt, deeds.did) : null;
  const found = {
    ...{ name: entry.name, ...deeds.did, answeredBy: deeds.served ?? null },
    settings: mended ?? settingsFor(entry, learnt),
  };
  if (deeds.trouble && Object.values(deeds.did).includes("unknown"))
    return { ...found, problem: reasonOf(entry, deeds.trouble), next: nextFor(deeds.trouble) };
  if (lacks(deeds)) return { ...found, problem: missing(entry, deeds), next: remedy(deeds.did, mended) };
  const other = deeds.served !== undefined && model.asks !== undefined && !isSameModel(model.asks, deeds.served);
  if (!other) return { ...found, problem: null, next: null };
  const problem = `was asked for ${model.asks}, and ${deeds.served} answered. A review by a model that was not asked does not count.`;
  return { ...found, problem, next: "Correct `model` in its entry, or ask the provider for the model itself." };
}

function lacks({ did }: Deeds): boolean {
  return Object.values(did).includes("no");
}

/** What might be turned down or ignored, tried with what is missing. Each is asked once more, and only if it is sent now. */
async function mendedBy(entry: ReadyEntry, learnt: readonly Lesson[], did: Did): Promise<string[] | null> {
  const lacking = learnt.flatMap((one) => (one.what === "lacks" ? [one.capability] : []));
  const known = [...resolvePoolEntry(entry).lacks, ...lacking];
  for (const candidate of candidates(did)) {
    const trial = { ...entry, lacks: [...new Set([...known, ...candidate])] };
    const model = modelOf(trial);
    if (candidate.every((one) => known.includes(one))) continue;
    const { did: now } = await deedsOf(model);
    if (Object.values(now).every((one) => one === "yes"))
      return settingsFor(entry, [
        ...learnt.filter(({ what }) => what !== "lacks"),
        ...trial.lacks.map((capability) => ({ what: "lacks" as const, capability })),
        ...model.abilities.learnt,
      ]);
  }
  return null;
}

function candidates({ call, answer }: Did): Capability[][] {
  const inWords: Capability[] = ["answer-schema", "answer-schema-with-tools"];
  const tools: Capability[] = call === "no" ? ["tools"] : [];
  if (answer === "no") return [[...tools, ...inWords]];
  return call === "no" ? [tools, [...tools, ...inWords]] : [["answer-schema-with-tools"], inWords];
}

/** What the server refused, as the whole settings that say it beforehand: `lacks` and `capabilities` replace the family's. */
function settingsFor(entry: ReadyEntry, learnt: readonly Lesson[]): string[] {
  const known = resolvePoolEntry(entry);
  const lacks = learnt.flatMap((one) => (one.what === "lacks" ? [one.capability] : []));
  const has = learnt.flatMap((one) => (one.what === "has" ? [one.capability] : []));
  return [
    ...(lacks.length > 0 ? [`"lacks": ${JSON.stringify([...new Set([...known.lacks, ...lacks])])}`] : []),
    ...(has.length > 0 ? [`"capabilities": ${JSON.stringify([...new Set([...known.capabilities, ...has])])}`] : []),
    ...new Set(learnt.flatMap(otherSetting)),
  ];
}

function otherSetting(lesson: Lesson): string[] {
  switch (lesson.what) {
    case "lacks":
    case "has":
      return [];
    case "unknown-field":
      return [`no "${lesson.field}" in "extraBody"`];
    case "output-limit":
      return [`"outputTokensMax": ${lesson.tokens}`];
    case "nine-char-ids":
      return ['"family": "mistral"'];
    case "base-url":
      return [`"baseUrl": "${lesson.base}"`];
  }
}

function checkOf({ name, settings, problem, next }: ModelCheck): Check {
  if (problem !== null && next !== null) return wrong(`model ${name}`, problem, next);
  const spared = settings.length === 0 ? "" : ` It turned something down at first; ${settings.join(", ")} in its entry spares that.`; // prettier-ignore
  return well(`model ${name}`, `does what the roles ask.${spared}`);
}

function missing(entry: ReadyEntry, { did, trouble }: Deeds): string {
  const cells = [did.call, did.answer, did.both];
  const lacking = COLUMNS.slice(1, 4).filter((_, index) => cells[index] === "no");
  return `lacks: ${lacking.join(", ")}.${trouble ? ` It ${reasonOf(entry, trouble)}` : ""}`;
}

/** The line of the model names it already. */
function reasonOf({ name }: ReadyEntry, { reason }: Trouble): string {
  return reason.startsWith(`${name} `) ? reason.slice(name.length + 1) : reason;
}

/** The models under one another, each column as wide as its widest cell. */
export function tableOf(found: readonly ModelCheck[]): string[] {
  const rows = found.map(({ name, call, answer, both, answeredBy }) => [
    ...[name, CELLS[call], CELLS[answer], CELLS[both]],
    answeredBy ?? (call === "unknown" ? "(no answer)" : "(not said)"),
  ]);
  return columns(COLUMNS, rows);
}

function nextFor(reply: Trouble): string {
  if (reply.cause === "unreadable") return "See what answers at its baseUrl.";
  if (reply.outcome === "unavailable") return "Try again later, or check its baseUrl and the network.";
  if (reply.cause === "money") return "Fill the account at the provider.";
  if (reply.cause === "missing") return "Check its baseUrl, and that the account may use this model.";
  if (reply.cause === "barred") return "See the proxies in docs/operations.md, and check its baseUrl.";
  if (reply.cause === "key") return "Check its key, and that the account may use this model.";
  return "Read what it says; the settings `lacks` and `extraBody` in docs/operations.md change what is sent.";
}

function remedy({ call }: Did, mended: readonly string[] | null): string {
  if (mended) return `Set ${mended.join(", ")} in its entry; so it did all three.`;
  return call === "no"
    ? "Use a model that calls tools: without them no role can read files, and offered in words they did not help."
    : "Use a larger model: it does not keep to the schema, and the schema in words did not help.";
}
