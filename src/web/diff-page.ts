import type { ChainFault } from "../core/ledger/chain.ts";
import { shortSha } from "../core/ledger/ids.ts";
import { type FindingState, isOpen, type Ticket } from "../core/ticket/ticket.ts";
import { capital, count, ROLE_TITLES } from "../messages/format.ts";
import { html, type Html } from "./html.ts";
import { layout, notice } from "./layout.ts";
import { faultWarning } from "./now.ts";
import { shownTitle } from "./shown-title.ts";

/** A changed file as the pages show it. */
export type ShownFile = {
  readonly path: string;
  readonly action: "create" | "change" | "delete";
  readonly kind: "text" | "binary";
  readonly unread?: string;
  readonly added: number;
  readonly removed: number;
  readonly hunks: readonly {
    readonly oldStart: number;
    readonly newStart: number;
    readonly lines: readonly string[];
  }[];
};

/** The files of a ticket's change at its head, or the sentence that says why they cannot be shown. */
export type ShownChange = ShownFiles | string;

export type ShownFiles = {
  readonly files: readonly ShownFile[];
  /** Further ones, of which nothing is shown. */
  readonly more: number;
};

/** What is longer than this no browser draws at once, and the server would keep it; the pull request has it. */
const PAGE_MAX = { files: 500, lines: 4_000, chars: 1_000_000 } as const;
/** Code that people wrote has less; minified code is one line of it. */
const FILE_CHARS_MAX = 200_000;

/** What is shown of a change: each file that still fits, and of the others that they are there. */
export function cutToShow(change: readonly ShownFile[]): ShownFiles {
  let left: { lines: number; chars: number } = PAGE_MAX;
  const files = change.slice(0, PAGE_MAX.files).map((file): ShownFile => {
    const lines = file.hunks.reduce((sum, hunk) => sum + hunk.lines.length, 0);
    const chars = file.hunks.reduce((sum, hunk) => hunk.lines.reduce((all, line) => all + line.length, sum), 0);
    if (lines > left.lines || chars > Math.min(left.chars, FILE_CHARS_MAX))
      return { ...file, hunks: [], unread: "Too long to show here; the pull request has it." };
    left = { lines: left.lines - lines, chars: left.chars - chars };
    return file;
  });
  return { files, more: change.length - files.length };
}

/** The change with its findings beside the lines that they are about. */
export function diffPage(ticket: Ticket, change: ShownChange, fault: ChainFault | null = null): string {
  const { owner, name, number } = ticket.ref;
  const back = `/tickets/${owner}/${name}/${number}`;
  if (typeof change === "string") return notice("No change to show", change);
  const findings = [...ticket.findings.values()];
  const shown = new Set<string>();
  const files = change.files.map((file) => fileOf(file, findings, shown));
  const elsewhere = findings.filter((one) => !shown.has(one.finding.id));
  const main = html`<div class="head ticket">
      <p class="muted crumbs"><a href="/">Tickets</a> / <a class="mono" href="${back}">${ticket.key}</a></p>
      <h1>${shownTitle(ticket.text.title)}</h1>
      <p class="muted">
        ${count(change.files.length + change.more, "file")} at
        <span class="mono">${shortSha(ticket.change?.headSha ?? "")}</span>, ${count(findings.length, "finding")}
      </p>
    </div>
    ${faultWarning(fault)}${change.files.length > 1 ? index(change.files) : null}${files}
    ${change.more > 0 ? html`<p class="muted">Not shown here, but in the pull request: ${count(change.more, "further file")}.</p>` : null}
    ${
      elsewhere.length > 0
        ? html`<section class="card wide">
            <h2>Findings about no line of this change</h2>
            ${elsewhere.map(note)}
          </section>`
        : null
    }`;
  return layout(`Change of ${ticket.key}`, main, `/live/${owner}/${name}/${number}/diff`);
}

function index(change: readonly ShownFile[]): Html {
  return html`<nav class="card wide" aria-label="Changed files">
    <ul class="files">
      ${change.map(
        ({ path, added, removed }) =>
          html`<li>
            <a class="mono" href="#${anchor(path)}">${path}</a> <span class="muted">+${added} −${removed}</span>
          </li>`,
      )}
    </ul>
  </nav>`;
}

/** A path is anybody's to choose: only letters and digits of it go into an address. */
function anchor(path: string): string {
  return `file-${path.replace(/[^A-Za-z0-9]+/g, "-")}`;
}

function fileOf(file: ShownFile, findings: readonly FindingState[], shown: Set<string>): Html {
  const own = findings.filter((one) => one.finding.path === file.path);
  const placed = new Map(own.map((one) => [one.finding.id, lineOf(one, file)]));
  const body =
    file.kind === "binary" || file.unread !== undefined
      ? html`<p class="muted unread">${file.unread ?? "Not a text."}</p>`
      : html`<div class="scrolls" tabindex="0" role="region" aria-label="Changes in ${file.path}">
          <table class="diff">
            <tbody>
              ${file.hunks.map((hunk) => hunkOf(hunk, own, { placed, shown }))}
            </tbody>
          </table>
        </div>`;
  const rest = own.filter((one) => !shown.has(one.finding.id));
  for (const one of rest) shown.add(one.finding.id);
  return html`<section class="file" id="${anchor(file.path)}">
    <h2>
      <span class="mono">${file.path}</span>
      <span class="muted">${ACTIONS[file.action]}, +${file.added} −${file.removed}</span>
    </h2>
    ${rest.map(note)}${body}
  </section>`;
}

const ACTIONS = { create: "new", change: "changed", delete: "deleted" } as const;
const MARKS: Readonly<Record<string, readonly [string, string]>> = { "+": ["added", "+"], "-": ["removed", "−"] };

type Placing = { readonly placed: ReadonlyMap<string, number | null>; readonly shown: Set<string> };

/**
 * Lines move between the commit that was reviewed and the head, so the cited text says where a finding belongs: its nearest line
 * that still holds it. Null: it is there no more, mostly because it was fixed.
 */
export function lineOf({ finding: { quote, line } }: FindingState, { hunks }: Pick<ShownFile, "hunks">): number | null {
  const cited = quote
    ?.split("\n")
    .find((one) => one.trim() !== "")
    ?.trim();
  if (cited === undefined || line === null) return line;
  const found = hunks
    .flatMap(({ newStart, lines }) => {
      const after = lines.filter((one) => !/^[-\\]/.test(one));
      return after.flatMap((one, at) => (one.includes(cited) ? [newStart + at] : []));
    })
    .sort((a, b) => Math.abs(a - line) - Math.abs(b - line));
  return found[0] ?? null;
}

function hunkOf(hunk: ShownFile["hunks"][number], findings: readonly FindingState[], { placed, shown }: Placing): Html {
  let [before, after] = [hunk.oldStart, hunk.newStart];
  const rows = hunk.lines.map((line) => {
    const sign = line.slice(0, 1);
    if (sign === "\\") return html``;
    const [tone, mark] = MARKS[sign] ?? ["", ""];
    const old = sign === "+" ? "" : String(before++);
    const now = sign === "-" ? "" : String(after++);
    const here = findings.filter(({ finding }) => now !== "" && placed.get(finding.id) === Number(now));
    for (const one of here) shown.add(one.finding.id);
    return html`<tr class="${tone}">
        <td class="no">${old}</td>
        <td class="no">${now}</td>
        <td class="mark">${mark}</td>
        <td class="code">${line.slice(1)}</td>
      </tr>
      ${
        here.length > 0
          ? html`<tr class="about">
              <td colspan="4">${here.map(note)}</td>
            </tr>`
          : null
      }`;
  });
  return html`<tr class="hunk">
      <td colspan="4">Line ${hunk.newStart}</td>
    </tr>
    ${rows}`;
}

const STATES = { open: "open", resolved: "fixed", withdrawn: "set aside" } as const;

const FINDERS: Readonly<Record<FindingState["finding"]["by"], string>> = {
  ...{ reviewer: ROLE_TITLES.reviewer, adversary: ROLE_TITLES.adversary },
  ...{ person: "A person", proof: "The proof" },
};

function note(state: FindingState): Html {
  const { finding } = state;
  const word = isOpen(state) ? "open" : (STATES[state.state as keyof typeof STATES] ?? state.state);
  const by = FINDERS[finding.by];
  return html`<div class="note ${isOpen(state) ? finding.severity : "closed"}">
    <p>
      <strong>${capital(finding.severity)}: ${finding.title}</strong>
      <span class="muted">${by} · ${word} · <span class="mono">${finding.id}</span></span>
    </p>
    <p>${finding.problem}</p>
    <p class="muted">${finding.instruction}</p>
  </div>`;
}
