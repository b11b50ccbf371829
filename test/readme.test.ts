import { readFileSync } from "node:fs";
import { expect, it } from "@jest/globals";

/** What somebody with two minutes reads: what it is, how to try it on a repository of their own, and only then the App. */
const readme = readFileSync("README.md", "utf8");

it("begins with the picture, then npx in one's own repository, then the App", () => {
  const places = [
    "```mermaid",
    "\nnpx ",
    "coop run ticket.md",
    "## On GitHub, as an App",
    "npm run demo",
    "npm run setup",
  ];
  const found = places.map((one) => readme.indexOf(one));
  expect(found).not.toContain(-1);
  expect(found).toEqual([...found].sort((one, other) => one - other));
  // Two minutes are about a page: the commands stand on the first one.
  expect(readme.slice(0, readme.indexOf("\nnpx ")).split("\n").length).toBeLessThan(50);
});

it("leads nowhere that is not there", () => {
  const headings = [...readme.matchAll(/^#+ (.*)$/gm)].map(
    ([, text = ""]) =>
    text.toLowerCase().replaceAll(/[^\w\s-]/g, "").trim().replaceAll(" ", "-"), // prettier-ignore
  );
  const links = [...readme.replaceAll("\n", " ").matchAll(/\]\(#([^)]+)\)/g)].map(([, to]) => to);
  expect(links.length).toBeGreaterThan(1);
  expect(links.filter((to) => !headings.includes(to ?? ""))).toEqual([]);
});
