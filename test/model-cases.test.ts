import { describe, expect, it } from "@jest/globals";
import { type Held, lost } from "./support/held.ts";

/** How models and their servers really answer, one row a case, and where each is held: as in `github-cases.test.ts`. */
const ROWS: readonly (readonly [what: string, ...held: Held[]])[] = [
  [
    "M1 a turn that a strict server takes back from nobody",
    ["test/contracts/odd/odd-calls.ts", "multi_tool_use.parallel", "edit_file<|channel|>commentary"],
    ["test/contracts/odd-answers.test.ts", "gives a call with the id %j one of its own"],
    ["test/contracts/odd/odd-variants.test.ts", "are survived: %s"],
    ["test/contracts/odd/odd-tickets.ts", "the same id as before", "nothing three times"],
  ],
  [
    "M2 limits that each go away, and a provider that is away for long",
    ["src/models/patience.test.ts", "is never longer than a person is left alone, whatever a provider asks for"],
    [
      "test/scenarios/paid-words.test.ts",
      "that lets one answer through each time is got on with, however often it does",
    ],
    ["test/contracts/odd/away.system.ts", "a provider that is away for twenty minutes in the middle of a step"],
  ],
  [
    "M3 quotes and places as our own views show them",
    [
      "src/roles/citations.test.ts",
      "a diff's plus",
      "the number of read_file",
      "backticks",
      "an ellipsis around it",
      "the path of a diff",
      "on a file that is there keeps its weight without a line; on none it points at nothing",
    ],
  ],
  [
    "M4 tools beside a schema",
    ["test/contracts/model-requests.test.ts", "says the schema in words to a server that cannot be held to it"],
    [
      "test/contracts/dialects/dialects.test.ts",
      "carries %s to its end unrefused",
      "learns what it was not told, once",
    ],
    ["test/contracts/dialects/doctor.test.ts", "names settings that spare every refusal", "answers a greeting to all"],
  ],
  [
    "M5 results larger than the window",
    [
      "src/agent/endurance.test.ts",
      "fits results into a window of %d tokens",
      "lets the model's own long arguments give way, so that ten large files can be written",
    ],
  ],
  [
    "M6 line ends, mark and mode of a file",
    [
      "src/trees/edit.test.ts",
      "one line by two in a CRLF file",
      "behind a byte order mark",
      "CRLF, byte order mark and final newline",
      "changes nothing but the passage, whatever the file's ends are",
    ],
    ["src/trees/overlay.test.ts", "gives the changes and the tree, keeps modes, and forgets what was changed back"],
  ],
  [
    "M7 usage that is empty or zero",
    ["test/contracts/odd-answers.test.ts", "estimates what usage %j does not say"],
    ["test/contracts/odd/nine-cents.system.ts", "hold where a server counts nothing: %j"],
  ],
  [
    "M8 how the longest answer is called",
    ["test/contracts/model-requests.test.ts", "limits the output of other servers by the name that they all know"],
    ["test/contracts/dialects/dialects.test.ts", "learns what it was not told, once"],
  ],
  [
    "M9 what a provider wants to see again",
    [
      "test/contracts/dialects/bridge.test.ts",
      "is that of its own place, where a run says the same twice",
      "is never that of another conversation of the same run",
    ],
    ["test/contracts/odd/wire-gateways.ts", "reasoning_details"],
    ["test/contracts/odd/wire-seen.ts", "thought_signature"],
  ],
  [
    "M10 forms that are not the documented one",
    ["test/contracts/odd-answers.test.ts", "reads a body with %s, and its counts", "reads arguments as %s"],
    ["test/contracts/odd/on-the-wire.test.ts", "bring every step to its end, and what means one thing is taken for it"],
  ],
  [
    "M11 an error with a success, and ends by other names",
    ["test/contracts/odd/odd-ends.ts", "an error with a success", "busy with a success"],
    ["test/contracts/odd-answers.test.ts", "tells apart: $name"],
    ["test/contracts/quoted-errors.test.ts", "what an error quotes", "is no body: a page of text with a success"],
  ],
  [
    "M12 the answer among thoughts and drafts",
    [
      "src/agent/json-in-words.test.ts",
      "behind thinking with a draft",
      "before prose with braces",
      "twice",
      "as JSON text in JSON text",
    ],
    ["src/models/spoken-of.test.ts", "a final answer behind a draft", "calls that were run together"],
  ],
  [
    "M13 no money, too large, too fast",
    ["src/models/provider-error.test.ts", "tells what is wrong by the words of %s (%i)"],
    ["test/contracts/model.contract.test.ts", "does not wait for an account without credit"],
  ],
  [
    "M14 an answer that takes long",
    [
      "test/contracts/model.contract.test.ts",
      "ends a call whose headers do not come in time",
      "ends a call whose body never ends",
      "leaves no clock running behind an answer",
    ],
  ],
  [
    "M15 arguments that mean one thing only, and work behind a bad finish",
    [
      "src/agent/lenient.test.ts",
      "an absent nullable",
      "a number as text",
      "a list as JSON text",
      "lets the evidence trail through with its lists as text",
    ],
    ["src/agent/endurance.test.ts", "explains a bad finish and asks again, with the edits as they are"],
    ["src/steps/kept-work.test.ts", "another try"],
  ],
  [
    "M16 cut off early and late",
    ["src/agent/endurance.test.ts", "counts cut-offs in a row, not in a loop"],
    ["src/agent/loop.test.ts", "shows a turn of its own after a cut-off, so that a second try differs from the first"],
  ],
  [
    "M17 reasons in other places",
    ["test/contracts/odd/odd-ends.ts", "an error as text with a success", "an error in a list with a success"],
    ["test/contracts/model.contract.test.ts", "passes on why a request was turned down, without the key in it"],
  ],
  [
    "M18 many calls in one turn",
    [
      "src/agent/endurance.test.ts",
      "looks at the clock between the calls of one turn",
      "looks at the bytes between the calls of one turn",
      "stops between calls when it is told to, and before the next question",
    ],
  ],
  [
    "M19 the same failure again and again",
    ["src/agent/endurance.test.ts", "tells a model at the third same failure, and ends the loop at the eighth"],
  ],
  [
    "M20 addresses with and without their end",
    ["src/models/base-url.test.ts", "https://api.anthropic.com/v1/messages", "https://api.openai.com"],
  ],
  [
    "M21 long lines",
    [
      "src/agent/tool-use.test.ts",
      "shows a hit at the end of a long line with its surroundings, and reads that line by columns",
    ],
  ],
  [
    "M22 paths that can mean one file only",
    ["src/trees/meant-path.test.ts", "./src/x.js", "`src/x.js`", "a/src/x.js"],
    ["src/agent/tool-use.test.ts", "a look-alike's path to write to"],
  ],
  [
    "M23 what a step paid that ends rejected",
    [
      "test/scenarios/paid-words.test.ts",
      "Ledger and journal agree to the last micro-dollar.",
      "stands in the ledger when the step breaks inside of the program",
    ],
  ],
  [
    "M24 text that nearly stands there",
    ["src/trees/edit.test.ts", "tabs for spaces", "smart quotes", "another Unicode form", "a line that only resembles"],
  ],
  [
    "M25 a proxy in between",
    ["test/contracts/proxies.test.ts", "HTTPS_PROXY", "is told who asks, and its password stands in no reason"],
  ],
  [
    "M26 one model by two names, and another one that answers",
    ["src/models/independence.test.ts", "anthropic/claude-opus-5-5"],
    ["src/models/agent-entry.test.ts", "one model under two names"],
    ["test/contracts/dialects/doctor.test.ts", "answers as another model"],
    ["test/scenarios/providers.system.ts", "has another model asked at once, and goes on with its review"],
  ],
];

describe("each case of models and their servers is held", () => {
  it.each(ROWS)("%s", (_what, ...held) => {
    expect(held.flatMap(lost)).toEqual([]);
  });
});
