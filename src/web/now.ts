import type { ChainFault } from "../core/ledger/chain.ts";
import { ROLES } from "../core/ledger/ids.ts";
import { ROLE_TITLES } from "../messages/format.ts";
import type { Now } from "../telemetry/telemetry.ts";
import { html, type Html } from "./html.ts";

/** What the step does right now, to whoever has the page open meanwhile. */
export function rightNow(now: Now | null, nowMs: number): Html | null {
  if (!now) return null;
  const waits = now.waitsFor;
  return html`<p class="muted right-now">
    Right now: step <code>${now.step}</code>, for
    ${lasting(nowMs - now.since)}${waits ? html`; ${waiting(waits)} for ${lasting(nowMs - waits.since)}` : null}.
  </p>`;
}

/** To whoever reads a ticket with whose entries somebody tampered. */
export function faultWarning(fault: ChainFault | null): Html | null {
  if (!fault) return null;
  return html`<p class="warning" role="alert">
    Ledger entry ${fault.seq} ${fault.problem}. It and what follows is not shown, because it cannot be believed.
  </p>`;
}

function waiting({ what, role }: NonNullable<Now["waitsFor"]>): Html {
  switch (what.kind) {
    case "model-call":
      return html`waiting for an answer of <span class="mono">${what.model}</span>${as(role)}`;
    case "consultation":
      return html`<span class="mono">${what.model}</span> works${as(what.role)}`;
    case "sandbox-run":
      return html`repository code runs in the sandbox${as(role)}`;
    default:
      return html`at work`;
  }
}

function as(role: string | null): string {
  const known = ROLES.find((one) => one === role);
  return known ? ` (${ROLE_TITLES[known]})` : "";
}

const MINUTE_S = 60;

function lasting(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return seconds < MINUTE_S ? `${seconds} s` : `${Math.floor(seconds / MINUTE_S)} min ${seconds % MINUTE_S} s`;
}
