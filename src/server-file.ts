import { parse } from "yaml";
import { z } from "zod";
import { configuredSchema } from "./models/configured-pool.ts";
import { MODEL_RETRY } from "./models/patience.ts";

/** The widest of each setting: beyond it a mistake is likelier than a wish. */
const FIRST_WAIT_SECONDS_MAX = 600;
const LONGEST_WAIT_MINUTES_MAX = 240;
export const PERSON_AFTER_MINUTES_MAX = 2 * 24 * 60;
const TICKETS_AT_ONCE_MAX = 32;
const WRITE_SPACING_MS_MAX = 60_000;
const SWEEP_MINUTES_MAX = 24 * 60;
const USD_PER_DAY_MAX = 1_000_000;
const IMAGE_CHARS_MAX = 300;
/** With less hardly a program starts. */
const MEMORY_MB_MIN = 64;
const MEMORY_MB_MAX = 64 * 1024;
const READ_ONLY_PATHS_MAX = 20;
const REGISTRIES_MAX = 50;
/** With less the packages of one small repository do not fit. */
const LAYERS_MB_MIN = 100;
const LAYERS_MB_MAX = 10_000_000;

/** What the server's file (COOP_CONFIG) may hold. Every field is optional; `docs/schemas` has the same for editors. */
export const serverSchema = z.strictObject({
  models: configuredSchema,
  /** How long a step waits for a model that is away or busy, before a person is asked. */
  modelRetry: z
    .strictObject({
      firstWaitSeconds: z.number().min(1).max(FIRST_WAIT_SECONDS_MAX).default(MODEL_RETRY.firstWaitSeconds),
      longestWaitMinutes: z.number().min(0.1).max(LONGEST_WAIT_MINUTES_MAX).default(MODEL_RETRY.longestWaitMinutes),
      personAfterMinutes: z.number().min(1).max(PERSON_AFTER_MINUTES_MAX).default(MODEL_RETRY.personAfterMinutes),
    })
    .optional(),
  limits: z
    .strictObject({
      /** Tickets worked on at the same time by this process. */
      ticketsAtOnce: z.number().int().min(1).max(TICKETS_AT_ONCE_MAX).default(2),
      /** Pause between writes to GitHub, which asks for at least one second. 0: a server that has no limits at all. */
      githubWriteSpacingMs: z.number().int().min(0).max(WRITE_SPACING_MS_MAX).default(1_000),
      /** What the repositories of one account may cost together in a day (UTC), whatever their policies say. Absent: no limit. */
      usdPerAccountAndDay: z.number().min(0).max(USD_PER_DAY_MAX).optional(),
      sweepMinutes: z.number().min(0.05).max(SWEEP_MINUTES_MAX).default(10),
    })
    .prefault({}),
  sandbox: z
    .strictObject({
      driver: z.enum(["auto", "bubblewrap", "unshare", "podman", "docker", "none"]).default("auto"),
      /** With tool chains, for podman or docker; it has to be on this machine. */
      image: z.string().min(1).max(IMAGE_CHARS_MAX).optional(),
      /** Of one run: its processes together, and what it writes, which lies in memory. */
      memoryMb: z.number().int().min(MEMORY_MB_MIN).max(MEMORY_MB_MAX).default(3_072),
      /** Host folders that repository code may read, such as a tool chain outside /usr. */
      readOnlyPaths: z.array(z.string().startsWith("/")).max(READ_ONLY_PATHS_MAX).default([]),
      /** Hosts, besides those of this server's package managers, from which packages may be fetched, by TLS; another port than 443 after a colon. */
      registries: z
        .array(
          z.string().regex(/^[\w.-]+(:\d{1,5})?$/, "is a host name, such as packages.example.org or 10.0.0.7:4873"),
        )
        .max(REGISTRIES_MAX)
        .default([]),
      /** Room on the disk for the packages of all repositories together. */
      layersMb: z.number().int().min(LAYERS_MB_MIN).max(LAYERS_MB_MAX).default(20_480),
    })
    .prefault({}),
});
export type ServerSettings = z.infer<typeof serverSchema>;

export const DEFAULT_SERVER: ServerSettings = serverSchema.parse({});

/** @param path for the sentence only */
export function readServerText(
  text: string,
  path: string,
): { outcome: "right"; server: ServerSettings } | { outcome: "wrong"; sentence: string } {
  let value: unknown;
  try {
    value = parse(text) ?? {};
  } catch (error) {
    const why = String(error instanceof Error ? error.message : error)
      .split("\n")[0]
      ?.replace(/[:\s]+$/, "");
    return { outcome: "wrong", sentence: `COOP_CONFIG (${path}) is not valid YAML or JSON: ${why}.` };
  }
  const parsed = serverSchema.safeParse(value);
  if (parsed.success) return { outcome: "right", server: parsed.data };
  const issue = parsed.error.issues[0];
  const name = issue?.path.map(String).join(".") || "the file";
  return { outcome: "wrong", sentence: `COOP_CONFIG (${path}): \`${name}\` ${issue?.message ?? "is wrong"}.` };
}
