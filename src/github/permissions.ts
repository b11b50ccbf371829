/** What tokens are asked for. Nobody asks for more, and whoever holds the App's key gives no more. */

/** Least rights that do the work. There is no `workflows`: GitHub itself then refuses changes of CI. */
export const PERMISSIONS = {
  contents: "write",
  issues: "write",
  pull_requests: "write",
  checks: "write",
  statuses: "read",
  metadata: "read",
} as const;

/** For the sweep, which only looks, in all repositories of an installation. */
export const LISTING = { metadata: "read", issues: "read" } as const;
