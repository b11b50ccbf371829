import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { auditOf, type Lockfile, looseVersions, strangeLicences, unheld } from "./supply-chain.ts";

describe("what comes from others", () => {
  const lockfile = JSON.parse(readFileSync("package-lock.json", "utf8")) as Lockfile;
  const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Parameters<typeof looseVersions>[0];

  it("is of a licence that was looked at, and pinned", () => {
    expect(strangeLicences(lockfile)).toEqual([]);
    expect(looseVersions(manifest)).toEqual([]);
  });

  it("has a hash that npm checks, and runs nothing while it is installed", () => {
    const node = JSON.parse(readFileSync("bin/node24/package-lock.json", "utf8")) as Lockfile;
    expect([...unheld(lockfile), ...unheld(node)]).toEqual([]);
    const integrity = "sha512-AA==";
    const packages = {
      "node_modules/a": { integrity, hasInstallScript: true },
      "node_modules/b": {},
      "node_modules/c": { integrity: "sha1-AA==" },
      "node_modules/d": { integrity },
    };
    expect(unheld({ packages })).toEqual([
      "node_modules/a: has an install script",
      "node_modules/b: no hash",
      "node_modules/c: no hash",
    ]);
  });

  it("is named where its licence is unknown or missing, and where it is only developed with it is not", () => {
    const packages = {
      "": { license: "MIT" },
      "node_modules/a": { license: "AGPL-3.0" },
      "node_modules/b": {},
      "node_modules/c": { license: "AGPL-3.0", dev: true },
      "node_modules/d": { license: "MIT" },
    };
    expect(strangeLicences({ packages })).toEqual(["node_modules/a: AGPL-3.0", "node_modules/b: no licence is named"]);
  });

  it.each(["^1.2.3", "~1.2.3", "1.2", "*", "latest", "git+https://example.org/a.git"])("is loose as %s", (version) => {
    expect(looseVersions({ dependencies: { a: version, b: "1.2.3-rc.1" }, devDependencies: {} })).toEqual([
      `a: ${version}`,
    ]);
  });

  it.each([
    ["", "unanswered"],
    ['{"message":"405 Method Not Allowed"}', "unanswered"],
    ['{"vulnerabilities":{}}', "clean"],
    ['{"vulnerabilities":{"a":{"severity":"high"}}}', ["a: high"]],
  ])("has an audit %j", (said, audit) => {
    expect(auditOf(said)).toEqual(audit);
  });
});
