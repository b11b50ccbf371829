import { BlockList, isIP } from "node:net";

/**
 * Addresses that are no registry of the internet: this machine, its neighbours, the cloud's own. A package's manifest
 * must not make the server ask them, so a name that leads there is refused unless the operator named that very host.
 */
const PRIVATE = new BlockList();
for (const [network, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 3],
] as const)
  PRIVATE.addSubnet(network, bits, "ipv4");
for (const [network, bits] of [
  ["::", 127],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
  // Ways to write IPv4 addresses in IPv6.
  ["64:ff9b::", 96],
  ["2002::", 16],
] as const)
  PRIVATE.addSubnet(network, bits, "ipv6");

export function isPrivate(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return isPrivate(mapped);
  const family = isIP(address);
  // What is no address cannot be judged, so it is not let through.
  return family === 0 || PRIVATE.check(address, family === 4 ? "ipv4" : "ipv6");
}
