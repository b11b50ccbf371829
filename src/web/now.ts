import type { ChainFault } from "../core/ledger/chain.ts";
import { type RightNow, rightNow } from "../messages/right-now.ts";
import { html, type Html } from "./html.ts";
import { rendered } from "./markdown.ts";

/** What the step does right now, to whoever has the page open meanwhile. */
export function nowShown(now: RightNow | null, nowMs: number): Html | null {
  return now && html`<div class="muted right-now">${rendered(rightNow(now, nowMs))}</div>`;
}

/** To whoever reads a ticket with whose entries somebody tampered. */
export function faultWarning(fault: ChainFault | null): Html | null {
  if (!fault) return null;
  return html`<p class="warning" role="alert">
    Ledger entry ${fault.seq} ${fault.problem}. It and what follows is not shown, because it cannot be believed.
  </p>`;
}
