/** The stylesheet. Light and dark follow the reader's system; every text keeps a contrast of at least 4.5 to 1. */
export const STYLE = `
:root {
  --page: #f6f7f9; --card: #ffffff; --line: #dde1e6; --soft: #eef0f3; --ink: #1b2027; --muted: #5a6470;
  --link: #3a4fc4; --focus: #5b5bd6;
  --blue: #1f5fbf; --blue-bg: #e3eefc; --amber: #8a5300; --amber-bg: #fdf0d5; --green: #1a6b3c; --green-bg: #dff3e6;
  --red: #b3261e; --red-bg: #fde7e5; --grey: #55606c; --grey-bg: #e9ecf0;
  --architect: #6746c3; --implementer: #0b6e6e; --reviewer: #9a5200; --adversary: #b3265c; --navigator: #1f5fbf;
  --bot: #4b5563; --person: #37414d;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
  color-scheme: light dark;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0e1116; --card: #161b22; --line: #2c333c; --soft: #1f252d; --ink: #e4e9ef; --muted: #9aa6b3;
    --link: #9db2ff; --focus: #9d9dff;
    --blue: #93c0ff; --blue-bg: #14263f; --amber: #f0c274; --amber-bg: #33260d; --green: #7fd6a0; --green-bg: #12301f;
    --red: #ff9d94; --red-bg: #3b1715; --grey: #b2bcc7; --grey-bg: #262d36;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; -webkit-text-size-adjust: 100%; }
a { color: var(--link); text-underline-offset: 2px; }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 3px; }
h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; overflow-wrap: anywhere; }
.muted { color: var(--muted); }
.mono, code, pre { font-family: var(--mono); font-size: .87em; }
.unseen, .skip:not(:focus) { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip:focus { position: absolute; padding: .5rem 1rem; background: var(--card); z-index: 1; }
.bar { display: flex; align-items: center; gap: .25rem 1.25rem; flex-wrap: wrap; padding: .75rem max(1.25rem, calc((100% - 1160px) / 2 + 1.25rem)); background: var(--card); border-bottom: 1px solid var(--line); }
.bar p { margin: 0; color: var(--muted); font-size: .87rem; }
.brand { display: inline-flex; align-items: center; gap: .5rem; font-weight: 650; color: var(--ink); text-decoration: none; letter-spacing: -.01em; }
.brand svg { width: 26px; height: 26px; }
main { max-width: 1160px; margin: 0 auto; padding: 1.75rem 1.25rem 4rem; }
.head { margin-bottom: 1.25rem; }
.head h1 { margin: 0; font-size: 1.6rem; letter-spacing: -.015em; }
.head > p { margin: .25rem 0 0; }
.pill { display: inline-flex; align-items: center; gap: .45em; padding: .16rem .65rem; border-radius: 999px; font-size: .82rem; font-weight: 600; white-space: nowrap; }
.pill::before { content: ""; width: .5em; height: .5em; border-radius: 50%; background: currentColor; }
.pill.working { color: var(--blue); background: var(--blue-bg); }
.pill.waiting { color: var(--amber); background: var(--amber-bg); }
.pill.good { color: var(--green); background: var(--green-bg); }
.pill.bad { color: var(--red); background: var(--red-bg); }
.pill.quiet { color: var(--grey); background: var(--grey-bg); }

.tickets { list-style: none; margin: 0; padding: 0; background: var(--card); border: 1px solid var(--line); border-radius: 10px; overflow: hidden; }
.tickets li { display: grid; grid-template-columns: minmax(0, 1fr) 14.5rem 6.5rem 11rem; gap: .25rem 1rem; align-items: center; padding: .85rem 1.1rem; position: relative; }
.tickets li + li { border-top: 1px solid var(--line); }
.tickets li:hover { background: var(--soft); }
.tickets p { margin: 0; }
.tickets .what a { font-weight: 600; color: var(--ink); text-decoration: none; overflow-wrap: anywhere; }
.tickets .what a::after { content: ""; position: absolute; inset: 0; }
.tickets li:hover .what a { text-decoration: underline; }
.tickets .what p, .tickets .when { font-size: .85rem; overflow-wrap: anywhere; }
.tickets .numbers { display: grid; text-align: right; font-variant-numeric: tabular-nums; font-size: .9rem; line-height: 1.35; }
.tickets .numbers .muted { font-size: .82rem; }
.tickets .when { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.empty { text-align: center; padding: 4rem 1.5rem; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.empty h1, .empty h2 { margin: 0 0 .5rem; font-size: 1.25rem; }
.empty p { margin: .35rem auto; max-width: 34rem; }

.crumbs { font-size: .87rem; overflow-wrap: anywhere; }
.ticket h1 { margin-top: .35rem; }
.now { display: flex; align-items: baseline; gap: .75rem; margin: .75rem 0 1.25rem; flex-wrap: wrap; }
.doing { flex: 1 1 16rem; }
.doing p { margin: 0; }
.progress { list-style: none; display: flex; margin: 0; padding: 0; gap: 4px; }
.progress li { flex: 1; min-width: 0; padding-top: .55rem; border-top: 4px solid var(--line); font-size: .82rem; color: var(--muted); overflow-wrap: anywhere; }
.progress .done { border-color: #2f9e63; color: var(--ink); }
.progress .current { border-color: #3b82f6; color: var(--ink); font-weight: 650; }
.progress .halted { border-color: #d9822b; color: var(--ink); font-weight: 650; }
.warning { margin: 0 0 1.25rem; padding: .8rem 1.1rem; border-radius: 10px; background: var(--red-bg); color: var(--red); font-weight: 600; }

.columns { display: grid; grid-template-columns: minmax(0, 1fr) 21rem; gap: 1.5rem; align-items: start; margin-top: 1.75rem; }
.columns aside { grid-column: 2; grid-row: 1; display: grid; gap: 1rem; }
.columns > section { grid-column: 1; grid-row: 1; min-width: 0; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: .95rem 1.1rem; font-size: .9rem; }
.card h2 { margin: 0 0 .5rem; font-size: .95rem; }
.card p { margin: .2rem 0; }
.roles { list-style: none; margin: 0; padding: 0; }
.roles li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 .75rem; padding: .5rem 0; }
.roles li + li { border-top: 1px solid var(--line); }
.roles .model { grid-column: 1 / -1; padding-left: 1.1em; color: var(--muted); overflow-wrap: anywhere; }
.roles .cost { font-variant-numeric: tabular-nums; }
.dot { display: inline-block; width: .6em; height: .6em; border-radius: 50%; margin-right: .5em; }
.card dl { display: grid; grid-template-columns: auto 1fr; gap: .35rem .9rem; margin: 0; }
.card dt { color: var(--muted); }
.card dd { margin: 0; text-align: right; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.proof { list-style: none; margin: .5rem 0 0; padding: 0; }
.proof li + li { border-top: 1px solid var(--line); }
.proof summary { padding: .4rem 0; cursor: pointer; list-style: none; }
.proof summary::-webkit-details-marker { display: none; }
.proof summary:hover { color: var(--link); }
.proof summary .muted { font-size: .82rem; white-space: nowrap; }
.proof p { margin: 0 0 .6rem 1.55rem; color: var(--muted); overflow-wrap: anywhere; }

.dry { margin-bottom: 1.5rem; border-left: 4px solid #d9822b; }
.acts { margin: .6rem 0 0; padding-left: 1.6rem; }
.acts li { padding: .2rem 0; overflow-wrap: anywhere; }
.acts summary { cursor: pointer; }
.acts pre { background: var(--soft); border-radius: 8px; padding: .8rem 1rem; overflow-x: auto; overflow-wrap: normal; }
.acts .md { margin: .4rem 0 .8rem; padding-left: .9rem; border-left: 3px solid var(--line); }

.thread { list-style: none; margin: 0; padding: 0; position: relative; }
.thread::before { content: ""; position: absolute; left: 19px; top: 10px; bottom: 10px; width: 2px; background: var(--line); }
.thread > li { position: relative; margin-bottom: 1rem; }
.comment { display: grid; grid-template-columns: 40px minmax(0, 1fr); gap: .8rem; }
.avatar { display: grid; place-items: center; width: 40px; height: 40px; border-radius: 50%; color: #fff; font-weight: 650; font-size: .85rem; box-shadow: 0 0 0 4px var(--page); position: sticky; top: .75rem; }
.architect { background: var(--architect); } .implementer { background: var(--implementer); } .reviewer { background: var(--reviewer); }
.adversary { background: var(--adversary); } .navigator { background: #1f5fbf; } .bot { background: var(--bot); } .person { background: var(--person); border-radius: 12px; }
.comment article { min-width: 0; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.comment > article > header { display: flex; justify-content: space-between; gap: .25rem 1rem; flex-wrap: wrap; padding: .5rem 1.1rem; border-bottom: 1px solid var(--line); background: var(--soft); border-radius: 9px 9px 0 0; font-size: .87rem; color: var(--muted); }
.byline p { margin: 0; overflow-wrap: anywhere; }
.byline strong { color: var(--ink); }
.byline code { background: none; padding: 0; }
.stamp { margin: 0; font-size: .82rem; color: var(--muted); white-space: nowrap; font-variant-numeric: tabular-nums; }
.stamp a { color: inherit; margin-left: .35rem; }
.comment .md { padding: .9rem 1.1rem 1rem; }
.event { margin-left: 52px; display: flex; justify-content: space-between; gap: .1rem 1rem; flex-wrap: wrap; font-size: .89rem; color: var(--muted); padding: .1rem .2rem; }
.event::before { content: ""; position: absolute; left: -38px; top: .5rem; width: 12px; height: 12px; border-radius: 50%; background: var(--card); border: 2px solid var(--muted); }
.event .md { flex: 1 1 20rem; min-width: 0; }
.event strong { color: var(--ink); }
li:target > article, li.event:target { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 10px; }

.md { overflow-wrap: anywhere; }
.md p, .md li, .md h3, .md h4, .md th, .md td, .note p { unicode-bidi: plaintext; }
.md > :first-child { margin-top: 0; } .md > :last-child { margin-bottom: 0; }
.md p { white-space: pre-line; margin: .6rem 0; }
.md h3 { font-size: 1.15rem; margin: 0 0 .6rem; letter-spacing: -.01em; }
.md h4 { font-size: 1rem; margin: 1.1rem 0 .5rem; }
.md ul, .md ol { padding-left: 1.4rem; margin: .6rem 0; }
.md ul { list-style: disc; }
.md li { margin: .25rem 0; }
.md li > p { margin: .35rem 0; }
.md ul:has(> li > input) { list-style: none; padding-left: 0; }
.md li:has(> input) { padding-left: 1.6rem; text-indent: -1.6rem; }
.md input { margin: 0 .45rem 0 0; }
.leave { display: flex; gap: .5rem; align-items: center; margin-left: auto; }
.search { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: baseline; margin: 0 0 1.2rem; }
.search input, .search select, .search button { font: inherit; color: inherit; background: var(--soft); border: 1px solid var(--line); border-radius: 6px; padding: .25rem .5rem; }
.md code, .card code, .empty code, .doing code { background: var(--soft); padding: .12em .38em; border-radius: 5px; }
.md code { overflow-wrap: anywhere; }
.md pre { background: var(--soft); border-radius: 8px; padding: .8rem 1rem; overflow-x: auto; }
.md pre code { background: none; padding: 0; overflow-wrap: normal; }
.md blockquote { margin: .6rem 0; padding: .1rem 1rem; border-left: 3px solid var(--line); color: var(--muted); }
.md table { display: block; width: max-content; max-width: 100%; overflow-x: auto; border-collapse: collapse; margin: .7rem 0; font-size: .93em; }
.md table, .md table code { overflow-wrap: normal; }
.md th, .md td { border: 1px solid var(--line); padding: .38rem .7rem; text-align: left; vertical-align: top; }
.md th { background: var(--soft); font-weight: 600; }
.md td:nth-child(2) { white-space: nowrap; }
.md details { border: 1px solid var(--line); border-radius: 8px; margin: .6rem 0; padding: 0 .9rem; }
.md summary { cursor: pointer; padding: .45rem 0; font-size: .92em; color: var(--muted); }
.md summary:hover { color: var(--ink); }
.md details[open] { padding-bottom: .5rem; }
.event .md details { border: 0; padding: 0; margin: .1rem 0; }
.glyph { font-weight: 700; }
.glyph.yes { color: var(--green); } .glyph.no { color: var(--red); } .glyph.open { color: var(--amber); }
.md hr { border: 0; border-top: 1px solid var(--line); margin: 1.2rem 0; }

@media (max-width: 900px) {
  .columns { grid-template-columns: minmax(0, 1fr); }
  .columns aside, .columns > section { grid-column: 1; grid-row: auto; }
  .tickets li { grid-template-columns: minmax(0, 1fr) auto; row-gap: .45rem; }
  .tickets .what, .tickets .where { grid-column: 1 / -1; }
  .tickets .numbers { grid-column: 2; grid-row: 3; display: flex; gap: .6rem; align-items: baseline; }
  .tickets .when { grid-column: 1; grid-row: 3; text-align: left; }
}
@media (max-width: 560px) {
  main { padding: 1.25rem .9rem 3rem; }
  .bar { padding-inline: .9rem; }
  .progress { display: grid; gap: 0; }
  .progress li { display: flex; border-top: 0; border-left: 4px solid var(--line); padding: .12rem 0 .12rem .6rem; }
  .progress .done { border-color: #2f9e63; } .progress .current { border-color: #3b82f6; } .progress .halted { border-color: #d9822b; }
  .thread::before { display: none; }
  .comment { grid-template-columns: minmax(0, 1fr); }
  .comment .avatar { display: none; }
  .event { margin-left: 0; border-left: 2px solid var(--line); padding-left: .7rem; }
  .event::before { display: none; }
}
`;
