import { afterAll, expect, it } from "@jest/globals";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { layersOf, privatePlacesInside } from "./layers-shown.ts";

const root = realpathSync(mkdtempSync(join(tmpdir(), "shown-")));
const at = (path: string) => join(root, path);
for (const path of ["usr/lib/coop/key.pem", "usr/app/.env", "usr/app/tools/go/bin/go", "usr/app/tools/go/token"]) {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), "secret");
}
symlinkSync("usr/lib", at("lib"));
symlinkSync("usr/lib/coop/key.pem", at("named.pem"));
afterAll(() => rmSync(root, { recursive: true }));

const shown = (...paths: string[]) => paths.map((path) => ({ from: at(path), to: `/${path}` }));
const told = (folders: string[], secrets: string[]) =>
  layersOf(shown(...folders), secrets.map(at)).map(({ kind, to }) => `${kind} ${to}`);

it.each<[what: string, folders: string[], secrets: string[], layers: string[]]>([
  ["a key", ["usr"], ["usr/lib/coop/key.pem"], ["shown /usr", "file /usr/lib/coop/key.pem"]],
  ["a key under both of its names", ["usr", "lib"], ["usr/lib/coop/key.pem"], ["shown /usr", "shown /lib", "file /lib/coop/key.pem", "file /usr/lib/coop/key.pem"]], // prettier-ignore
  ["a key that a link leads to", ["usr"], ["named.pem"], ["shown /usr", "file /usr/lib/coop/key.pem"]],
  ["a folder, once, with what is in it", ["usr"], ["usr/app/.env", "usr/app"], ["shown /usr", "folder /usr/app"]],
  ["a folder, but not the tools in it", ["usr", "usr/app/tools/go"], ["usr/app"], ["shown /usr", "folder /usr/app", "shown /usr/app/tools/go"]], // prettier-ignore
  ["a token beside tools that are shown", ["usr", "usr/app/tools/go"], ["usr/app", "usr/app/tools/go/token"], ["shown /usr", "folder /usr/app", "shown /usr/app/tools/go", "file /usr/app/tools/go/token"]], // prettier-ignore
  ["nothing that is not seen or not there", ["lib"], ["usr/app", "usr/lib/none"], ["shown /lib"]],
  ["no tools that are shown by their name", ["usr/app/tools/go"], ["usr/app/tools/go", "usr"], ["shown /usr/app/tools/go"]], // prettier-ignore
])("covers %s", (_what, folders, secrets, layers) => {
  expect(told(folders, secrets)).toEqual(layers);
});

it("tells the probes every name of a private place, and what may be seen in it", () => {
  const places = privatePlacesInside([at("usr/lib/coop"), at("usr/app")], shown("usr", "lib", "usr/app/tools/go"));
  expect(places.map(({ path }) => path)).toEqual([
    at("usr/lib/coop"),
    "/usr/lib/coop",
    "/lib/coop",
    at("usr/app"),
    "/usr/app",
  ]);
  expect(places.at(-1)?.but).toEqual(["tools"]);
});
