/** Where GitHub is told to send webhooks, and how they come in. */
export type Hook =
  { readonly url: string; readonly intake: "webhook" | "poll"; readonly said: string } | { readonly usage: string };

/**
 * GitHub records deliveries only of an App with an active webhook, whatever its address answers. No name under `.invalid` can ever
 * be registered, so what GitHub sends there reaches nobody.
 */
const NOWHERE = "https://cooperations.invalid/api/github/webhooks";

const USAGE = `Usage: npm run setup [-- <public webhook URL>]
For example: npm run setup -- https://coop.example.org/api/github/webhooks
GitHub sends its events there, so the address must reach this machine from the Internet.
Without an address, the server fetches its events from GitHub every few seconds.`;

/** @param given the address that somebody named, if any */
export function hookFor(given: string | undefined): Hook {
  if (!given)
    return {
      url: NOWHERE,
      intake: "poll",
      said: "No address was given, so this server will fetch its events from GitHub (COOP_INTAKE=poll in .env).",
    };
  if (!/^https?:\/\/[^/]+/.test(given) || !URL.canParse(given)) return { usage: USAGE };
  return { url: given, intake: "webhook", said: `GitHub will send its events to ${given}.` };
}
