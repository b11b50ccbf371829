#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { readExpenses, totals } from "../src/report.js";

const [file, flag, value] = process.argv.slice(2);
if (!file || (flag !== undefined && flag !== "--month")) {
  console.error("Usage: tally <file.csv> [--month <1-12>]");
  process.exit(2);
}
try {
  const month = flag === "--month" ? Number(value) : null;
  for (const [category, cents] of totals(readExpenses(readFileSync(file, "utf8")), month)) {
    console.log(`${category.padEnd(20)} ${(cents / 100).toFixed(2).padStart(10)}`);
  }
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
