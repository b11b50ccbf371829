/**
 * The name by which a page was asked for. A foreign site can point a name of its own at this machine and read, in the browser
 * of whoever visits it, what only that browser reaches; but it cannot change the name under which the browser asks.
 */
const LOOPBACK = /^(?:localhost|(?:[a-z0-9-]{1,63}\.){0,5}localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;
const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]{2,45}\])$/i;

/** @param known names under which the operator shows the pages, without ports */
export function isKnownHost(asked: string | undefined, known: readonly string[]): boolean {
  const name = (asked ?? "").replace(/:\d{1,5}$/, "");
  // A bare address is no name that anybody could have pointed here.
  return LOOPBACK.test(name) || ADDRESS.test(name) || known.some((one) => one.toLowerCase() === name.toLowerCase());
}

export const UNKNOWN_HOST =
  "These pages are not shown under this name. Ask for them by address, or set COOP_PUBLIC_URL.\n";
