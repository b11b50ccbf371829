import type { Entry } from "../core/ledger/chain.ts";
import { roleOf } from "../core/ticket/kinds.ts";
import { renderEntries } from "../messages/entry.ts";
import { ROLE_TITLES, utc } from "../messages/format.ts";
import { reasonCode } from "../messages/headline.ts";
import { READINGS } from "../messages/readings.ts";
import { html, type Html } from "./html.ts";
import { rendered } from "./markdown.ts";

/** Of an entry's hash, to tell it from its neighbours. */
const HASH_DIGITS_SHOWN = 12;

/** A ticket's ledger as a thread: what somebody said is a comment, what happened meanwhile is a line between them. */
export function thread(entries: readonly Entry[]): Html {
  return html`<ol class="thread">
    ${entries.map((entry) => (isSpoken(entry) ? comment(entries, entry) : event(entries, entry)))}
  </ol>`;
}

function isSpoken(entry: Entry): boolean {
  return entry.kind !== "newer" && READINGS[entry.kind].shownAs === "comment";
}

/** `### Heading`, then who said it: the second goes into the comment's head, where a forge shows the author. */
const BYLINE = /^(### .+)\n\n(\*\*(?:Architect|Implementer|Reviewer|Adversary|Navigator)\*\* · .+)\n\n/;

function comment(entries: readonly Entry[], entry: Entry): Html {
  const markdown = renderEntries(entries, [entry]);
  const [whole = "", heading = "", byline] = BYLINE.exec(markdown) ?? [];
  const who = speaker(entry);
  return html`<li class="comment" id="entry-${entry.seq}">
    <span class="avatar ${who.tone}" aria-hidden="true">${who.initials}</span>
    <article>
      <header>
        <div class="byline">${byline ? rendered(byline) : html`<p><strong>${who.name}</strong></p>`}</div>
        ${stamp(entry)}
      </header>
      <div class="md">${rendered(byline ? `${heading}\n\n${markdown.slice(whole.length)}` : markdown)}</div>
    </article>
  </li>`;
}

function event(entries: readonly Entry[], entry: Entry): Html {
  return html`<li class="event" id="entry-${entry.seq}">
    <div class="md">${rendered(renderEntries(entries, [entry]))}</div>
    ${stamp(entry)}
  </li>`;
}

function stamp(entry: Entry): Html {
  const reason = reasonCode(entry);
  return html`<p class="stamp">
    <time datetime="${entry.at}">${utc(entry.at)}</time>
    <a
      href="#entry-${entry.seq}"
      title="Ledger entry ${entry.seq}, hash ${entry.hash.slice(0, HASH_DIGITS_SHOWN)}${reason === null ? "" : `, reason ${reason}`}"
      >#${entry.seq}</a
    >
  </p>`;
}

type Speaker = { readonly name: string; readonly initials: string; readonly tone: string };

function speaker(entry: Entry): Speaker {
  const role = roleOf(entry);
  if (role) return { name: ROLE_TITLES[role], initials: ROLE_TITLES[role].slice(0, 2), tone: role };
  if (entry.kind === "question_answered" || entry.kind === "remarked" || entry.kind === "rework_requested")
    return person(entry.data.by);
  return { name: "coop", initials: "co", tone: "bot" };
}

function person(login: string): Speaker {
  return { name: login, initials: login.slice(0, 2), tone: "person" };
}
