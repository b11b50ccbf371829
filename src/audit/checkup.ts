import { firstOf } from "../core/rules/and-more.ts";
import { type Stuck, stuckLine } from "../messages/stuck.ts";

/** Of an error: one line of a terminal, or two. */
const WHY_CHARS_SHOWN = 200;

/** One line of `coop doctor`. `next` says what to do about what is wrong. */
export type Check =
  | { readonly name: string; readonly state: "well"; readonly says: string }
  | { readonly name: string; readonly state: "wrong"; readonly says: string; readonly next: string };

export type Wanted = { readonly permissions: Readonly<Record<string, string>>; readonly events: readonly string[] };

const LEVELS = ["read", "write", "admin"];

/** What the App has against what `app.yml` asks for. More rights than that are a fault too: they are a risk for nothing. */
export function checkRights(wanted: Wanted, has: Wanted): Check[] {
  const level = (of: Wanted, name: string) => LEVELS.indexOf(of.permissions[name] ?? "");
  const lacking = Object.keys(wanted.permissions).filter((name) => level(has, name) < level(wanted, name));
  const beyond = Object.keys(has.permissions).filter((name) => level(has, name) > level(wanted, name));
  const missing = wanted.events.filter((name) => !has.events.includes(name));
  const grant = lacking.map((name) => `${name}: ${wanted.permissions[name]}`).join(", ");
  return [
    lacking.length > 0
      ? wrong(
          "permissions",
          `The App lacks ${grant}.`,
          "Grant them on the App's settings page, then accept them where it is installed.",
        )
      : beyond.length > 0
        ? wrong(
            "permissions",
            `The App may do more than it needs: ${beyond.map((name) => `${name}: ${has.permissions[name]}`).join(", ")}.`,
            "Take them away on the App's settings page.",
          )
        : well("permissions", "exactly those of app.yml"),
    missing.length > 0
      ? wrong(
          "events",
          `The App does not hear of ${missing.join(", ")}.`,
          "Subscribe to them on the App's settings page.",
        )
      : well("events", `all ${wanted.events.length} of app.yml`),
  ];
}

/** GitHub records deliveries only while the webhook is active, wherever it leads. */
export function checkPolling(url: string | null): Check {
  return url === null
    ? wrong(
        "webhook",
        "The App has no webhook, so GitHub records nothing to fetch.",
        "Activate it on the App's settings page; any address will do.",
      )
    : well("webhook", "events are fetched from GitHub every few seconds (COOP_INTAKE=poll)");
}

/** @param path where this server takes webhooks */
export function checkWebhook(url: string | null, publicUrl: string | null, path: string): Check {
  if (url === null)
    return wrong(
      "webhook",
      "GitHub does not say where it sends webhooks.",
      "Set the webhook URL on the App's settings page.",
    );
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed)
    return wrong(
      "webhook",
      `GitHub sends webhooks to "${url}", which is no URL.`,
      "Correct it on the App's settings page.",
    );
  if (parsed.pathname !== path && parsed.pathname !== "/")
    return wrong(
      "webhook",
      `GitHub sends webhooks to ${url}, where this server does not listen.`,
      `Let the URL end with ${path}.`,
    );
  if (publicUrl !== null && new URL(publicUrl).host !== parsed.host)
    return wrong(
      "webhook",
      `GitHub sends webhooks to ${parsed.host}, but COOP_PUBLIC_URL names ${new URL(publicUrl).host}.`,
      "Correct one of the two.",
    );
  return well("webhook", url);
}

/** How many are named; the others are counted. */
const SET_ASIDE_NAMED = 5;

/** What people said that could not be heard. */
export function checkSetAside(
  aside: readonly { readonly ticket: string; readonly source: string; readonly why: string }[],
): Check {
  if (aside.length === 0) return well("inbox", "nothing was set aside");
  const named = aside
    .slice(-SET_ASIDE_NAMED)
    .map(({ ticket, source, why }) => `${ticket} ${source} (${why.slice(0, WHY_CHARS_SHOWN)})`);
  return wrong(
    "inbox",
    `${aside.length} could not be heard and was set aside: ${named.join("; ")}.`,
    "Report the errors; people can say it again in other words.",
  );
}

/** What GitHub recorded and this server could not take in. */
export function checkDeliveries(
  aside: readonly { readonly guid: string; readonly event: string; readonly deliveredAt: string }[],
): Check {
  if (aside.length === 0) return well("deliveries", "none was set aside");
  const named = aside
    .slice(-SET_ASIDE_NAMED)
    .map(({ guid, event, deliveredAt }) => `${event} of ${deliveredAt.slice(0, "2026-01-01T00:00".length)} (${guid})`);
  return wrong(
    "deliveries",
    `${aside.length} could not be taken in: ${named.join("; ")}.`,
    "The log says why, at that time. Each is tried again every hour for three days; the App's settings page shows what it told.",
  );
}

/** Tickets that nobody works on any more. */
export function checkStuck(stuck: readonly Stuck[]): Check {
  if (stuck.length === 0) return well("stuck tickets", "none");
  const { shown, more } = firstOf(stuck, SET_ASIDE_NAMED);
  const [first] = stuck;
  return wrong(
    "stuck tickets",
    `${stuck.length} failed too often: ${shown.map(stuckLine).join("; ")}${more}.`,
    `Mend the cause, then run \`coop revive '${first?.ticket}'\`, or \`coop revive\` for all. The server's log has the whole error.`,
  );
}

export function well(name: string, says: string): Check {
  return { name, state: "well", says };
}

export function wrong(name: string, says: string, next: string): Check {
  return { name, state: "wrong", says, next };
}
