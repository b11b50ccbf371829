import { hostAt, type Registry } from "./proxy.ts";

/**
 * Where this server's package managers get their packages, asked of them. Some have a command for it; the others are
 * started once for one small package and watched where they go. Settings that name a registry go inside; secrets do not.
 */
export type Registries = {
  readonly hosts: readonly Registry[];
  /** By which the same manager, inside, finds the same registries. */
  readonly environment: Readonly<Record<string, string>>;
  /** The same as files of the layer, for managers that read no variables. */
  readonly layerFiles: Readonly<Record<string, string>>;
  /** Hosts for which this server holds a password or token, which nothing inside is given. */
  readonly withSecret: readonly string[];
};

export const NONE: Registries = { hosts: [], environment: {}, layerFiles: {}, withSecret: [] };

/** @returns for an address without TLS also the host with it: such a registry often leads there */
export function hostOf(address: string): Registry[] {
  if (!URL.canParse(address)) return [];
  const { hostname, port, protocol } = new URL(address);
  const name = hostname.replace(/^\[|\]$/g, "");
  const ports = port !== "" ? [Number(port)] : protocol === "http:" ? [80, 443] : [443];
  return ports.map((one) => ({ host: hostAt(name, one), configured: true }));
}

export function withoutSecret(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  url.username = "";
  url.password = "";
  return url.href;
}
