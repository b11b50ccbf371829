import { DETAILS_MAX, LINE_CHARS_MAX } from "../ledger/limits.ts";
import type { Plan } from "../ticket/plan.ts";
import type { Policy } from "./policy.ts";
import type { Route } from "./routing/route.ts";
import { inWords, type RiskSignal } from "./routing/risk-signals.ts";
import { riskOf } from "./routing/risk.ts";

/**
 * The second look at risk. People tell a danger in their own words or not at all; the Architect has read the code, and its plan
 * names files and says what changes in them. A plan of high risk goes to a person also where the ticket sounded harmless.
 */

/** Files by which somebody gets in, pays, or loses data. Parts of names count: `src/refund-mail.ts`. */
const DANGEROUS =
  /(^|[/_.-])(auth(n|z|enticat\w*|ori[sz]\w*)?|login|sessions?|passwords?|permissions?|roles|acl|rbac|oauth|sso|jwt|security|crypto|secrets?|payments?|billing|invoices?|refunds?|checkout|subscriptions?|payroll|migrations?|alembic|flyway|schema\.(sql|prisma|rb)|\.github|infra|terraform|deploy|helm)(?=[/_.-]|$)|\.sql$|(^|\/)(dockerfile|schema\.prisma)$/i; // prettier-ignore
/** Files that nothing runs: they may write about every danger. By their endings, since code may stand in a folder of any name. */
const TEXTS = /\.(md|mdx|rst|adoc|css|scss|less)$|(^|\/)(changelog|licen[cs]e)$|(?<!(?:requirements|constraints)[\w-]*|cmakelists)\.txt$/i; // prettier-ignore
const TESTS = /(^|\/)(tests?|specs?|__tests__|testdata|fixtures)(\/|$)|[._-](test|spec)\.\w+$|_test\.go$/i;
const CAMEL = /([a-z\d])([A-Z])/g;

/** @returns what makes the plan dangerous, at most DETAILS_MAX entries; null where a person sees it anyway or the policy wants no gate */
export function planRisk(plan: Plan, route: Pick<Route, "planGate" | "type"> | null, policy: Policy): string[] | null {
  if (route?.planGate !== "policy" || policy.planGate !== "by-risk") return null;
  const files = plan.chunks
    .flatMap((chunk) => chunk.files)
    .filter(({ path }) => !TEXTS.test(path) && !TESTS.test(path));
  const paths = [
    ...new Set(files.map(({ path }) => path).filter((path) => DANGEROUS.test(path.replace(CAMEL, "$1-$2")))),
  ];
  const { risk, signals } = riskOf({
    title: plan.goal,
    prose: [...files.map(({ intent }) => intent), ...plan.risks].join("\n"),
    raw: "",
    labels: [],
    namedPaths: [],
    isLarge: false,
    isText: files.length === 0,
  });
  if (paths.length === 0 && risk !== "high") return null;
  return [...paths, ...signals.map(ofPlan)].slice(0, DETAILS_MAX).map((one) => one.slice(0, LINE_CHARS_MAX));
}

/** A plan has a goal where a ticket has a title, and a pair of words may stand in both. */
function ofPlan({ name, word }: RiskSignal): string {
  const [place] = PLACES.filter(([ending]) => name.endsWith(ending)).map(([, where]) => where);
  return `${inWords(name)} ${place ?? "in the plan"} ("${word}")`;
}

const PLACES = [
  ["-title", "in the goal"],
  ["-text", "in its files or risks"],
  ["-again", "in its files or risks"],
] as const;
