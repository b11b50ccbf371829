import { withoutPercentCodes } from "./percent-codes.ts";

/** The password in an address, as it stands there and as it is: signs are written as percent codes. */
export function passwordsIn(address: string): string[] {
  // PostgreSQL's addresses may name no host, or several: to this parser they are none.
  const given = URL.canParse(address) ? address : address.replace(AUTHORITY, "$1localhost");
  if (!URL.canParse(given)) return [];
  const { password, searchParams } = new URL(given);
  // PostgreSQL's addresses may have it among their settings.
  return [...new Set([password, withoutPercentCodes(password), searchParams.get("password") ?? ""])].filter(Boolean);
}

/** Shorter ones are words. */
const KEY_CHARS_MIN = 8;
const NAMES_A_KEY = /key|token|secret|password|auth|sig|code/i;

/** Of an address that may carry a key in any of its parts: as its password, in a user's place, or among its settings. */
export function credentialsIn(address: string): string[] {
  if (!URL.canParse(address)) return [];
  const { username, password, searchParams } = new URL(address);
  const settings = [...searchParams].filter(([name]) => NAMES_A_KEY.test(name)).map(([, value]) => value);
  const user = password === "" ? [username, withoutPercentCodes(username)] : [];
  const found = [...passwordsIn(address), ...user, ...settings];
  return [...new Set(found)].filter((one) => one.length >= KEY_CHARS_MIN);
}

/** Up to the last @ before the path, and the hosts behind it. */
const AUTHORITY = /^(\w+:\/\/(?:[^/?#]*@)?)[^/?#]*/;

/** Of every variable that names a proxy, whichever of them is used: all of them are in this process. */
export function proxySecrets(given: Readonly<Record<string, string | undefined>>): string[] {
  const addresses = Object.entries(given).filter(([name]) => /^(?:https?|all)_proxy$/i.test(name));
  return [...new Set(addresses.flatMap(([, address = ""]) => passwordsIn(address)))];
}
