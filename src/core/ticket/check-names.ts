/** The check runs that this program puts on a commit. */
export const CHECK_NAMES = ["coop/review", "coop/adversary", "coop/proof"] as const;
export type CheckName = (typeof CHECK_NAMES)[number];

const SIGNED =
  /^(?:[\w.-]{1,40}\/)?(?:google |easy ?)?(?:cla|dco|contributor licen[cs]e agreement|developer certificate of origin)(?:[ -]?(?:assistant(?: lite)?|bot|check|signed|assistant lite bot))?(?:\/(?:google|linuxfoundation|easycla|signed))?$/i;

/**
 * Checks of what people have signed, as the usual bots call theirs: no change of the code makes them green.
 *
 * @example
 * isAboutPeople("license/cla") // → true
 * isAboutPeople("cla-service / unit tests") // → false
 */
export function isAboutPeople(name: string): boolean {
  return name.length <= NAME_CHARACTERS_MAX && SIGNED.test(name.trim());
}

/** Longer names are none of these. */
const NAME_CHARACTERS_MAX = 100;
