/** The check runs that this program puts on a commit. */
export const CHECK_NAMES = ["coop/review", "coop/adversary", "coop/proof"] as const;
export type CheckName = (typeof CHECK_NAMES)[number];

/** What is signed, in the names of the usual bots. */
const SIGNED = /^(?:cla|easycla|dco)$/;
const SIGNED_IN_WORDS = /\b(?:contributor licen[cs]e agreement|developer certificate of origin|signed off by)\b/;
/** Who asks for it, and that it is asked. Any other word, such as `test` or `app`, may be about a package that is called so. */
const BESIDE =
  /^(?:licen[cs]e|legal|google|facebook|meta|microsoft|apache|eclipse|cncf|linuxfoundation|communitybridge|probot|easy|verification|verify|check|checks|status|required|assistant|lite|bot|signed|sign|off|by|contributor|agreement|developer|certificate|of|origin)$/;

/**
 * Checks of what people have signed, as the usual bots call theirs: no change of the code makes them green.
 *
 * @example
 * isAboutPeople("license/cla") // → true
 * isAboutPeople("cla-service / unit tests") // → false
 */
export function isAboutPeople(name: string): boolean {
  if (name.length > NAME_CHARACTERS_MAX) return false;
  const words = name
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter(Boolean);
  const isAsked = words.some((one) => SIGNED.test(one)) || SIGNED_IN_WORDS.test(words.join(" "));
  return isAsked && words.every((one) => SIGNED.test(one) || BESIDE.test(one));
}

/** Longer names are none of these. */
const NAME_CHARACTERS_MAX = 100;
