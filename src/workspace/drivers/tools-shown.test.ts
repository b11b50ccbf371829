import { chmod, mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "@jest/globals";
import { toolsShown } from "./tools-shown.ts";

it("leaves out folders that an ordinary user cannot reach, also behind a link", async () => {
  const room = await mkdtemp(join(tmpdir(), "coop-tools-shown-"));
  try {
    const at = (name: string) => join(room, name);
    await mkdir(at("home/.cargo"), { recursive: true });
    await mkdir(at("go/own"), { recursive: true });
    await symlink(at("home/.cargo"), at("go/cargo"));
    for (const [name, mode] of [["", 0o755], ["go", 0o755], ["go/own", 0o700], ["home/.cargo", 0o755], ["home", 0o700]] as const) await chmod(at(name), mode); // prettier-ignore
    const all = [at("go"), at("go/own"), at("go/cargo"), at("home/.cargo"), at("none")];
    expect(await toolsShown(all, true)).toEqual({
      shown: [at("go"), at("none")],
      closed: [at("go/own"), at("go/cargo"), at("home/.cargo")],
    });
    expect((await toolsShown(all, false)).closed).toEqual([]);
  } finally {
    await rm(room, { recursive: true });
  }
});
