import { REPORTS_FOLDER } from "../../workspace/drivers/inside.ts";

export const AVA_REPORT = "ava.tap";

/**
 * What is asked of runners inside of Node by a variable. Modules in a URL: there is no file of ours inside the sandbox.
 * They append, so that many processes can share a file and what was told stays when one of them ends early.
 */
const NODE_REPORTER = `import{appendFileSync as a}from"node:fs";const s=new Map();export default async function*(e){for await(const{type:t,data:d}of e){if(t!=="test:start"&&t!=="test:pass"&&t!=="test:fail")continue;const f=d.file??"",p=(s.get(f)??[]).slice(0,d.nesting);if(t==="test:start"){p[d.nesting]=d.name;s.set(f,p);continue}if(d.details?.type==="suite")continue;const o=d.todo!==undefined?"todo":d.skip!==undefined?"skipped":t==="test:pass"?"passed":"failed";try{a("${REPORTS_FOLDER}/node-"+process.pid+".json",JSON.stringify({file:f,name:[...p.slice(0,d.nesting),d.name],outcome:o})+"\\n")}catch{}}}`;

/**
 * Mocha has one reporter, the repository's own. So its runner is listened to: what it plans when it begins, each test, and
 * all of them again at its end, as a test may have replaced the file system in between. Programs that
 * tests start are not: the option is taken out of their way by the word the module begins with.
 */
const MOCHA_LISTENER = `/*coop*/import{appendFileSync as w,realpathSync as r}from"node:fs";import{createRequire as c}from"node:module";import{isMainThread as m}from"node:worker_threads";try{const p=m&&process.argv[1]?r(process.argv[1]):"",b=/^(.*[/]mocha[/])(?:bin|lib[/]cli)[/][^/]+$/.exec(p)?.[1];if(b){const P=c(p)(b+"lib/runner").prototype,E=P.emit,told=[],runner="mocha",O={pass:"passed",fail:"failed",pending:"skipped"},put=o=>{try{w("${REPORTS_FOLDER}/mocha-"+process.pid+".json",JSON.stringify(o)+"\\n");return true}catch{return false}};let R=null;const hear=(e,t,s)=>{if(e==="start"&&!R){R=s;const planned=[];s.suite.eachTest(t=>{if(!s._grep||s._grep.test(t.fullTitle())!==!!s._invert)planned.push(t.titlePath())});put({runner,planned});const n=process.env.NODE_OPTIONS?.replace(/ *--import=data:text[/]javascript,%2F[*]coop\\S+/,"");if(n)process.env.NODE_OPTIONS=n;else delete process.env.NODE_OPTIONS}else if(R!==s)return;else if(e==="end"){const all={runner,told};if(!put(all))process.on("exit",()=>put(all))}else if(O[e]){const one={name:t.titlePath(),outcome:O[e]};told.push(one);put({runner,...one})}};P.emit=function(e,...x){try{hear(e,x[0],this)}catch{}return E.call(this,e,...x)}}}catch{}`;

/**
 * jest and vitest read the words they were started with, so ours are put among them where no other reporter was asked for.
 * Programs that tests start are not asked.
 */
const WORDS_ADDED = `/*coop*/import{realpathSync as r}from"node:fs";import{isMainThread as m}from"node:worker_threads";try{const v=process.argv,p=m&&v[1]?r(v[1]):"",f="${REPORTS_FOLDER}/",n=process.pid+".json",[b,no,w]=/[/]vitest[/]vitest[.]mjs$/.test(p)?[1,/^(?:--(?:reporter|outputFile|ui|standalone|mergeReports|watch(?!=false))\\b|-w$|(?:bench|list|init|typecheck)$)/,["--reporter=default","--reporter=json","--outputFile.json="+f+"vitest-"+n]]:/[/]jest(?:-cli)?[/]bin[/]jest[.]js$|[/]react-scripts[/]scripts[/]test[.]js$/.test(p)?[1,/^--(?:json|outputFile|watch(?:All)?(?!=false)|reporters|listTests|showConfig|init)\\b/,["--json","--outputFile="+f+"jest-"+n]]:[0];if(b){if(!v.slice(2).some(x=>no.test(x)))v.splice(2,0,...w);const o=process.env.NODE_OPTIONS?.replace(/ *--import=data:text[/]javascript,%2F[*]coop\\S+/g,"");if(o)process.env.NODE_OPTIONS=o;else delete process.env.NODE_OPTIONS}}catch{}`;

/**
 * AVA has one reporter, and what its tests write straight to its standard output stands between the lines of it. So what
 * AVA itself writes there is kept apart as well: in the process that reports, in which no test runs, and whole at its end.
 */
const AVA_LISTENER = `/*coop*/import{appendFileSync as w,writeFileSync as o,realpathSync as r}from"node:fs";import{isMainThread as m}from"node:worker_threads";try{const p=m&&process.argv[1]?r(process.argv[1]):"";if(/[/]ava[/](?:cli[.]js|entrypoints[/]cli[.]mjs)$/.test(p)){const f="${REPORTS_FOLDER}/${AVA_REPORT}",s=process.stdout,W=s.write,told=[];let n=0;try{o(f,"")}catch{}s.write=function(c,...x){try{const t=typeof c==="string"?c:Buffer.from(c).toString();if((n+=t.length)<2e7){told.push(t);w(f,t)}}catch{}return W.call(this,c,...x)};process.on("exit",()=>{try{o(f,told.join(""))}catch{}});const e=process.env.NODE_OPTIONS?.replace(/ *--import=data:text[/]javascript,%2F[*]coop\\S+/g,"");if(e)process.env.NODE_OPTIONS=e;else delete process.env.NODE_OPTIONS}}catch{}`;

const MOCHA = /(?:^|[\s/])(?:ts-|_)?mocha(?:\.js)?(?=[\s;&|]|$)/;
const STARTS_MOCHA = /^(?:npx |yarn |pnpm (?:exec )?|bunx |node (?:--\S+ )*)?(?:\S*\/)?(?:ts-|_)?mocha(?:\.js)?(?: |$)/;
const STARTS_AVA =
  /^(?:npx |yarn |pnpm (?:exec )?|bunx |node (?:--\S+ )*)?(?:ava|\S*node_modules\/(?:\.bin\/)?ava(?:\/entrypoints\/cli\.mjs)?)(?: |$)/;
const NODE_TEST = /(?:^|\s)--test(?:\s|$)/;

/** @param said a runner's own command, with nothing before and after it */
export function isMocha(said: string): boolean {
  return STARTS_MOCHA.test(said);
}

/** @param said as for `isMocha` */
export function isAva(said: string): boolean {
  return STARTS_AVA.test(said);
}

/**
 * @param said the command, or the script behind it
 * @param behind the scripts that a command may start which is no runner itself
 * @param fresh those that a change brings: they are asked too, but have no say in what the others are asked
 * @param started the runner's own command, where nothing stands before and after it
 * @returns null where none names a runner that can be asked this way
 */
export function nodeOptions(
  said: string,
  behind: readonly string[],
  fresh: readonly string[] = [],
  started = "",
): string | null {
  const [old, all] = [
    [said, ...behind],
    [said, ...behind, ...fresh],
  ];
  const tested = (some: readonly string[]) => some.filter((one) => NODE_TEST.test(one));
  const deciding = tested(old).length > 0 ? tested(old) : tested(fresh);
  const each = [...new Set(deciding.map(reporters))];
  const imported = [
    all.some((one) => MOCHA.test(one)) ? MOCHA_LISTENER : null,
    isAva(started) ? AVA_LISTENER : null,
    [...behind, ...fresh].some((one) => TAKES_WORDS.test(one)) ? WORDS_ADDED : null,
  ].flatMap((one) => (one === null ? [] : [`--import=data:text/javascript,${encoded(one)}`]));
  // The same words reach every one of them.
  const found = [...(each.length === 1 ? [each[0] ?? null] : []), ...imported].filter((one) => one !== null);
  return found.length > 0 ? found.join(" ") : null;
}

const TAKES_WORDS = /(?:^|[\s/])(?:jest|vitest|react-scripts test)(?=[\s;&|"']|$)/;

/**
 * Our reporter beside those that the command names. Node takes its options before the command's and wants a place for each
 * of several reporters; a single one of the command has none.
 * @returns null where it could not be told which place belongs to which
 */
function reporters(said: string): string | null {
  const ours = `--test-reporter=data:text/javascript,${encoded(NODE_REPORTER)} --test-reporter-destination=stderr`;
  const count = (option: RegExp) => said.match(option)?.length ?? 0;
  const named = count(/--test-reporter[= ]/g);
  const places = count(/--test-reporter-destination[= ]/g);
  if (named === 0) return `--test-reporter=spec --test-reporter-destination=stdout ${ours}`;
  if (named === 1 && places === 0) return `${ours} --test-reporter-destination=stdout`;
  return named === places ? ours : null;
}

function encoded(module: string): string {
  return encodeURIComponent(module).replace(/'/g, "%27");
}

/**
 * Node wants as many places as reporters. A script that a change brings may not fit what the base's are asked: here it says
 * besides what it means anyway, the standard output or Node's usual reporter.
 */
export function fitting(script: string, options: string): string {
  const count = (text: string, option: RegExp) => text.match(option)?.length ?? 0;
  const of = (text: string) => [count(text, /--test-reporter[= ]/g), count(text, /--test-reporter-destination[= ]/g)];
  const [[asked = 0, places = 0], [named = 0, own = 0]] = [of(options), of(script)];
  if (asked === 0 || count(script, /(?:^|\s)--test(?=\s|$)/g) !== 1) return script;
  const lacking = asked + named - places - own;
  if (lacking === 1 && named === 1)
    return script.replace(/--test-reporter[= ]\S+/, "$& --test-reporter-destination=stdout");
  return lacking === -1 && named === 0
    ? script.replace(NODE_TEST, (found) => `${found.trimEnd()} --test-reporter=spec${/\s$/.exec(found)?.[0] ?? ""}`)
    : script;
}
