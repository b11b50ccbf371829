/** The check runs that this program puts on a commit. */
export const CHECK_NAMES = ["coop/review", "coop/adversary", "coop/proof"] as const;
export type CheckName = (typeof CHECK_NAMES)[number];
