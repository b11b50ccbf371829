/**
 * On the address that GitHub has to reach, everybody would reach private tickets as well. So the pages have an address of
 * their own unless webhooks come in on the same one.
 */
export function pagesApart(
  host: string,
  port: number,
  pagesHost: string,
  pagesPort: number | undefined,
): { pages?: { host: string; port: number } } {
  if (pagesHost === host && (pagesPort ?? port) === port) return {};
  return { pages: { host: pagesHost, port: pagesPort ?? (port === 0 ? 0 : port + 1) } };
}
