import { expect, it } from "@jest/globals";
import { PassThrough } from "node:stream";
import { openPlace } from "../src/cli/bench/place.ts";
import { play } from "../src/cli/bench/play.ts";
import { loadExample } from "../src/cli/example.ts";
import { progress } from "../src/cli/progress.ts";
import { DEFAULT_SERVER } from "../src/server-file.ts";

/** Three tickets with a proof each; a busy machine with two cores takes two minutes. */
const PLAY_TIMEOUT_MS = 400_000;

it(
  "an epic is built part by part, and what its last branch holds passes the hidden test",
  async () => {
    const place = await openPlace(DEFAULT_SERVER.sandbox, process.env["PATH"] ?? "");
    try {
      const shown = progress(new PassThrough() as unknown as NodeJS.WriteStream);
      const bench = { place, live: null, progress: shown, signal: new AbortController().signal };
      const played = await play(bench, await loadExample("ts-stock-totals"), "team");
      if (played.outcome === "skipped") return console.warn(`The epic was not played. ${played.why}`);
      const { ending, outcome, wrong, audit } = played.run;
      expect({ ending, outcome, wrong, audit }).toEqual({
        ...{ ending: "merged", outcome: "passed", wrong: [] },
        audit: { complete: true, replayed: true },
      });
    } finally {
      await place.remove();
    }
  },
  PLAY_TIMEOUT_MS,
);
