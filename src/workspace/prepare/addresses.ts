import { BlockList, isIP } from "node:net";

/**
 * Where a name may lead. A package's manifest must not make the server ask this machine or its neighbours, so a name that leads
 * there is refused unless the operator named that very host; and nobody has a registry where clouds tell their machines secrets.
 */
export type Place = "internet" | "neighbour" | "nowhere";
type Subnets = readonly (readonly [network: string, bits: number])[];

/** This machine, networks of one's own, and addresses for examples, which laboratories use. */
const NEIGHBOURS: Subnets = [
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["192.0.2.0", 24],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
];
const NEIGHBOURS_V6: Subnets = [
  ["::1", 128],
  ["fc00::", 7],
  ["2001:db8::", 32],
  ["3fff::", 20],
];
/** Where clouds tell their machines who they are, and what else the registry of special addresses (RFC 6890) keeps. */
const NOWHERE: Subnets = [
  ["169.254.0.0", 16],
  ["100.100.100.200", 32],
  ["168.63.129.16", 32],
  ["192.0.0.0", 24],
  ["0.0.0.0", 8],
  ["192.88.99.0", 24],
  ["224.0.0.0", 3],
];
const NOWHERE_V6: Subnets = [
  ["fd00:ec2::254", 128],
  ["fd20:ce::254", 128],
  // Tunnels, which carry any IPv4 address.
  ["2001::", 23],
  ["2002::", 16],
];
/** Of IPv6 only this is the internet: its own block, and the way to IPv4 that a network without it translates. */
const TRANSLATED = { prefix: "64:ff9b::", bits: 96 };
const INTERNET_V6: Subnets = [
  ["2000::", 3],
  [TRANSLATED.prefix, TRANSLATED.bits],
];

/** An address is looked for in the lists of IPv4 also where it is written as `::ffff:…`, and here where it is translated. */
function listOf(ipv4: Subnets, ipv6: Subnets): BlockList {
  const list = new BlockList();
  for (const [network, bits] of ipv4) {
    list.addSubnet(network, bits, "ipv4");
    list.addSubnet(`${TRANSLATED.prefix}${network}`, TRANSLATED.bits + bits, "ipv6");
  }
  for (const [network, bits] of ipv6) list.addSubnet(network, bits, "ipv6");
  return list;
}
const LISTS = {
  nowhere: listOf(NOWHERE, NOWHERE_V6),
  neighbour: listOf(NEIGHBOURS, NEIGHBOURS_V6),
  internet: listOf([["0.0.0.0", 0]], INTERNET_V6),
} as const;

/** @returns `nowhere` also for what is no address: it cannot be judged */
export function leadsTo(address: string): Place {
  const version = isIP(address);
  if (version === 0 || address.includes("%")) return "nowhere";
  const family = version === 4 ? "ipv4" : "ipv6";
  return (["nowhere", "neighbour", "internet"] as const).find((one) => LISTS[one].check(address, family)) ?? "nowhere";
}
