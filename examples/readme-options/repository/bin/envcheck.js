#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { missing, parseOptions, USAGE } from "../src/envcheck.js";

const options = parseOptions(process.argv.slice(2));
if (options === null) {
  console.error(USAGE);
  process.exit(2);
}
const names = missing(readFileSync(options.file, "utf8"), process.env, options.ignore);
for (const name of names) console.log(`${name} is not set`);
process.exit(names.length > 0 && options.failOnMissing ? 1 : 0);
