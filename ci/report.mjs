// Makes of a report of `coop proof`, `coop review` or `coop run` what CI systems show: JUnit, Markdown, annotations, a
// summary. Runs on any Node from 18 on.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [mode = "proof", folder = ".", code = "0"] = process.argv.slice(2);
const report = mode === "run" ? ofRun(join(folder, "run.jsonl")) : ofSarif(join(folder, `${mode}.sarif`));

writeFileSync(join(folder, `${mode}.junit.xml`), junit(report));
writeFileSync(join(folder, `${mode}.md`), `${markdown(report)}\n`);
if (process.env.GITHUB_ACTIONS === "true") for (const problem of report.problems) console.log(annotation(problem));
if (process.env.GITHUB_STEP_SUMMARY) appendFileSync(process.env.GITHUB_STEP_SUMMARY, `${markdown(report)}\n`);
console.log(report.verdict);
for (const { place, text } of report.problems) console.log(`- ${place ? `${place}: ` : ""}${text}`);

/** A report that is missing or torn is no verdict: whatever went wrong stood on the error stream. */
function ofSarif(path) {
  try {
    const { runs } = JSON.parse(readFileSync(path, "utf8"));
    const [{ tool, results, properties }] = runs;
    const names = tool.driver.rules.map(({ id }) => id);
    return {
      names,
      // CI systems show the first ten or so.
      problems: results.map(problemOf).sort((one, other) => weightOf(one) - weightOf(other)),
      verdict: `coop ${mode}: ${properties.verdict} (exit code ${code})`,
    };
  } catch {
    return nothing();
  }
}

function weightOf({ level }) {
  return level === "error" ? 0 : 1;
}

function nothing() {
  const text = `coop ${mode} gave no report (exit code ${code}); its error output says why.`;
  return {
    names: [mode],
    problems: [{ name: mode, level: "error", text, path: null, line: null, place: "" }],
    verdict: text,
  };
}

function problemOf({ ruleId, level, message, locations = [] }) {
  const at = locations[0]?.physicalLocation;
  const path = at ? decodeURIComponent(at.artifactLocation.uri) : null;
  const line = at?.region?.startLine ?? null;
  return { name: ruleId, level, text: message.text, path, line, place: path ? `${path}${line ? `:${line}` : ""}` : "" };
}

function ofRun(path) {
  const lines = existsSync(path) ? readFileSync(path, "utf8").trim().split("\n") : [];
  const end = lines.map(parsed).findLast((one) => one?.event === "end");
  if (!end) return nothing();
  const text = [end.sentence, end.next ? `Go on with: ${end.next}` : ""].filter(Boolean).join(" ");
  const problems = end.exitCode === 0 ? [] : [{ name: "run", level: "error", text, path: null, line: null, place: "" }];
  return { names: ["run"], problems, verdict: text };
}

function parsed(line) {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function junit({ names, problems }) {
  const cases = names.map((name) => {
    const own = problems.filter((one) => one.name === name);
    const failures = own.filter((one) => one.level === "error");
    const rest = own.filter((one) => one.level !== "error");
    const inside = [
      // One failure a case: what it says first as its message, all of it inside.
      ...(failures.length > 0
        ? [`<failure message="${xml(failures[0].text.split("\n")[0])}">${xml(failures.map(told).join("\n"))}</failure>`]
        : []),
      ...(rest.length > 0 ? [`<system-out>${xml(rest.map(told).join("\n"))}</system-out>`] : []),
    ];
    return `    <testcase classname="coop.${mode}" name="${xml(name)}">${inside.join("")}</testcase>`;
  });
  const failed = names.filter((name) => problems.some((one) => one.name === name && one.level === "error")).length;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n  <testsuite name="coop ${mode}" tests="${names.length}" failures="${failed}">\n${cases.join("\n")}\n  </testsuite>\n</testsuites>\n`;
}

function told({ place, text }) {
  return `${place} ${text}`.trim();
}

function xml(text) {
  const signs = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  // XML has no place for control characters, not even escaped.
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replace(/[&<>"]/g, (sign) => signs[sign]);
}

function markdown({ verdict, problems }) {
  const cell = (text) => text.replace(/\s+/g, " ").replace(/[|<>`\\@]/g, (sign) => `&#${sign.codePointAt(0)};`);
  const rows = problems.map(({ level, place, text }) => `| ${level} | ${cell(place)} | ${cell(text)} |`);
  return [`### ${cell(verdict)}`, ...(rows.length > 0 ? ["", "| | Place | |", "|---|---|---|", ...rows] : [])].join(
    "\n",
  );
}

/** https://docs.github.com/actions: workflow commands; a text may not end the command it stands in. */
function annotation({ level, path, line, name, text }) {
  const value = (one) => one.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  const property = (one) => value(one).replaceAll(":", "%3A").replaceAll(",", "%2C");
  const fields = [
    `title=${property(`coop ${mode}: ${name}`)}`,
    ...(path ? [`file=${property(path)}`] : []),
    ...(line ? [`line=${line}`] : []),
  ];
  return `::${level === "error" ? "error" : level === "warning" ? "warning" : "notice"} ${fields.join(",")}::${value(text)}`;
}
