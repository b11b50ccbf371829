import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { environment, namedSecrets } from "../../config.ts";
import type { Entry } from "../../core/ledger/chain.ts";
import { fold } from "../../core/ticket/fold.ts";
import { guardText } from "../../hygiene/redact.ts";
import { artifactsOf, collabPage, handoffFiles } from "../../messages/collab.ts";
import { writtenAnswer } from "../../messages/collab-answer.ts";
import { artifactStore } from "../../store/blob-store.ts";
import type { DeskTicket } from "../../desk/threads.ts";
import type { Desk } from "../desk.ts";
import { askedOf, commandIn, type Saying, slipIn } from "./words.ts";
import { pathTrouble } from "../../path-trouble.ts";

/**
 * A ticket's shared page on the disk: `collab.md` with its handoffs and artifacts beside it. It is drawn anew whenever the
 * ticket comes to stand, and read before it is drawn: what a person wrote into it is heard, or kept in sight.
 */
const PAGE = "collab.md";

/**
 * A page that cannot be written holds nothing up: the ledger has all of it.
 * @returns sentences about pages that were not written
 */
export async function writeCollab(desk: Desk, number: number, entries: readonly Entry[]): Promise<string[]> {
  const text = await desk.threads.ticket(number);
  const notes: string[] = [];
  for (const folder of await foldersOf(desk, number))
    try {
      await writeInto(folder, { desk, entries, text });
    } catch (error) {
      notes.push(
        `${join(folder, PAGE)} could not be written (${pathTrouble(error)}). The ticket continues without it; \`coop ledger ${number} --format collab\` shows the page.`,
      );
    }
  return notes;
}

type Page = { readonly desk: Desk; readonly entries: readonly Entry[]; readonly text: DeskTicket | null };

async function writeInto(folder: string, { desk, entries, text }: Page): Promise<void> {
  const artifacts = artifactStore(desk.home.folder);
  const secrets = [desk.home.secret, ...namedSecrets(environment())];
  const write = (path: string, content: string | Buffer) => writeWhole(path, withoutSecrets(content, secrets));
  const written = await answerIn(folder);
  const isLost = written && written.length !== entries.length && !fold(entries)?.sources.has(sourceOf(written.length));
  const unheard = isLost ? written.words : undefined;
  const page = collabPage(entries, { text, ...(unheard === undefined ? {} : { unheard }) });
  await mkdir(join(folder, "handoffs"), { recursive: true });
  await mkdir(join(folder, "artifacts"), { recursive: true });
  for (const { name, content } of handoffFiles(entries)) await write(join(folder, "handoffs", name), content);
  for (const sha of artifactsOf(entries)) {
    const content = await artifacts.get(sha);
    if (content) await write(join(folder, "artifacts", `${sha}.txt`), content);
  }
  await write(join(folder, PAGE), page);
}

/** The page may lie in the working tree, and be committed with it; what a run printed was redacted nowhere before. */
function withoutSecrets(content: string | Buffer, secrets: readonly string[]): string | Buffer {
  const { text, found } = guardText(content.toString(), secrets);
  return found.length > 0 ? text : content;
}

/** What a person wrote into the ticket's page and nobody has heard yet, with sentences about words that are no command. */
export async function readCollab(desk: Desk, number: number): Promise<{ written: Saying | null; notes: string[] }> {
  const entries = await desk.ledgers.read(desk.key(number));
  const ticket = fold(entries);
  for (const folder of ticket ? await foldersOf(desk, number) : []) {
    const answer = await answerIn(folder);
    if (!ticket || answer?.length !== entries.length) continue;
    const command = commandIn(answer.words, askedOf(ticket));
    if (command !== null) return { written: { command, source: sourceOf(answer.length) }, notes: [] };
    const note = `The answer in ${join(folder, PAGE)} is no command, and no question is open.${slipIn(answer.words)} Write approve, park or stop alone, or rework and what to do.`;
    return { written: null, notes: [note] };
  }
  return { written: null, notes: [] };
}

/** Once for each state of the ticket. */
function sourceOf(length: number): string {
  return `collab:${length}`;
}

/** The desk's own folder, and the one in the working tree that the person asked for. */
async function foldersOf(desk: Desk, number: number): Promise<string[]> {
  const wanted = (await desk.threads.ticket(number))?.settings.collab ?? null;
  return [desk.home.collab(number), ...(wanted === null ? [] : [join(wanted, String(number))])];
}

async function answerIn(folder: string) {
  const page = await readFile(join(folder, PAGE), "utf8").catch(() => "");
  return writtenAnswer(page);
}

/** An editor that has the file open sees all of the new one or all of the old one. */
async function writeWhole(path: string, content: string | Buffer): Promise<void> {
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, content);
  await rename(draft, path);
}
