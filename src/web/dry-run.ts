import { count } from "../messages/format.ts";
import { type Would, wouldSay } from "../messages/would.ts";
import { html, type Html } from "./html.ts";
import { rendered } from "./markdown.ts";

/** What a dry run would have written to GitHub. Nobody sees it there, so it stands here in full. */
export function wouldWrite(acts: readonly Would[]): Html {
  return html`<section class="card dry">
    <h2>Dry run</h2>
    <p>
      Nothing of this ticket is written to GitHub, because the repository's policy says <code>dryRun: true</code>. It
      would be ${count(acts.length, "write")}:
    </p>
    <ol class="acts">
      ${acts.map(line)}
    </ol>
  </section>`;
}

function line(act: Would): Html {
  const { what, text } = wouldSay(act);
  if (text === null || text === "") return html`<li>${what}</li>`;
  const body = act.do === "commit" ? html`<pre>${text}</pre>` : html`<div class="md">${rendered(text)}</div>`;
  return html`<li>
    <details>
      <summary>${what}</summary>
      ${body}
    </details>
  </li>`;
}
