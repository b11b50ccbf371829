import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { replacedIn } from "./real-places.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "coop-places-"));
  mkdirSync(join(folder, "work/web/node_modules"), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("a place of a layer that is mounted later", () => {
  const places = ["work", "work/web/node_modules"];
  it("is itself, also where links lie in it and the way to the layer is one", async () => {
    symlinkSync("/", join(folder, "work/web/node_modules/root"));
    expect(await replacedIn(folder, places)).toBeNull();
    const way = `${folder}-way`;
    symlinkSync(folder, way);
    expect(await replacedIn(way, places)).toBeNull();
    rmSync(way);
  });

  it.each<[string, string, () => void]>([
    ["a link to a folder of this machine", "work/web/node_modules", () => replace("work/web/node_modules", "/usr")],
    ["behind a link", "work/web/node_modules", () => replace("work/web", "/usr")],
    ["a link to its own like", "work", () => replace("work", join(folder, "work-away"))],
    ["gone", "work", () => rmSync(join(folder, "work"), { recursive: true })],
  ])("is named when it is %s", async (_, place, act) => {
    act();
    expect(await replacedIn(folder, places)).toBe(place);
  });
  const replace = (place: string, to: string) => {
    renameSync(join(folder, place), join(folder, `${place}-away`));
    symlinkSync(to, join(folder, place));
  };
});
