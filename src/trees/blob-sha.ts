import { createHash } from "node:crypto";

/** The name git gives to a file's content. Repositories with SHA-256 names are told by the length of an existing name. */
export function blobSha(content: Buffer, algorithm: "sha1" | "sha256" = "sha1"): string {
  return createHash(algorithm).update(`blob ${content.length}\0`).update(content).digest("hex");
}
