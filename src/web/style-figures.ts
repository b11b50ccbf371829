/** The second half of the stylesheet: board, plots, tables of numbers, and the change with its findings. */
export const FIGURES_STYLE = `
:root {
  --s0: #6746c3; --s1: #0b7a75; --s2: #b35c00; --s3: #b3265c; --s4: #1f5fbf; --s5: #5c7a00; --s6: #8c4a2f; --s7: #5a6470;
  --plus-bg: #e2f4e8; --minus-bg: #fde9e7;
}
@media (prefers-color-scheme: dark) {
  :root {
    --s0: #a78bfa; --s1: #3cc3bb; --s2: #eda34f; --s3: #f27ba7; --s4: #7db1ff; --s5: #b3cf58; --s6: #d99b7e; --s7: #9aa6b3;
    --plus-bg: #10281a; --minus-bg: #34191a;
  }
}
.bar nav { display: flex; gap: 1rem; margin-left: auto; }
.bar nav a { color: var(--ink); text-decoration: none; padding: .2rem 0; }
.bar nav a:hover { text-decoration: underline; }
.bar > p { flex-basis: 100%; }
.right-now { font-size: .87rem; }

.board { display: flex; gap: 1rem; align-items: flex-start; overflow-x: auto; padding-bottom: .5rem; }
.board section { flex: 1 0 15rem; min-width: 0; max-width: 24rem; }
.board h2 { display: flex; align-items: center; gap: .5rem; margin: 0 0 .6rem; font-size: .9rem; font-weight: 500; }
.board ul { list-style: none; margin: 0; padding: 0; display: grid; gap: .6rem; }
.board li { position: relative; padding: .7rem .85rem; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.board li:hover { background: var(--soft); }
.board a { font-weight: 600; color: var(--ink); text-decoration: none; overflow-wrap: anywhere; }
.board li a::after { content: ""; position: absolute; inset: 0; }
.board li p { margin: .15rem 0 0; font-size: .82rem; overflow-wrap: anywhere; }

.card.wide { margin-bottom: 1.25rem; }
.card.wide h2 { font-size: 1.05rem; }
.card.wide h3 { margin: 1.4rem 0 .3rem; font-size: .92rem; }
.plot { margin: 0; overflow-x: auto; }
.plot svg { display: block; width: 100%; height: auto; max-width: 860px; }
.plot text { font-size: 11px; fill: var(--muted); font-variant-numeric: tabular-nums; }
.plot line { stroke: var(--line); stroke-width: 1; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; margin: 0 0 .5rem; padding: 0; font-size: .85rem; }
.swatch { display: inline-block; width: .8em; height: .8em; margin-right: .45em; border-radius: 2px; }
${Array.from({ length: 8 }, (_, at) => `.series-${at} { fill: var(--s${at}); background: var(--s${at}); }`).join("\n")}
.numbers-table { margin-top: 1rem; }
.numbers-table summary { cursor: pointer; padding: .3rem 0; }
.scrolls { overflow-x: auto; }
.scrolls:focus-visible, .plot:focus-visible, .md table:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
.numbers-table table { border-collapse: collapse; font-size: .85rem; font-variant-numeric: tabular-nums; }
.numbers-table th, .numbers-table td { padding: .3rem .7rem; border-bottom: 1px solid var(--line); text-align: left; white-space: nowrap; }
.numbers-table .number { text-align: right; }

.files { list-style: none; margin: 0; padding: 0; columns: 2 20rem; font-size: .9rem; }
.files li { overflow-wrap: anywhere; }
.file { margin-bottom: 1.5rem; background: var(--card); border: 1px solid var(--line); border-radius: 10px; overflow: hidden; }
.file h2 { display: flex; flex-wrap: wrap; gap: .2rem .8rem; margin: 0; padding: .7rem 1rem; font-size: .92rem; border-bottom: 1px solid var(--line); }
.file h2 .muted { font-weight: 400; font-size: .85rem; }
.file > .note { margin: .8rem 1rem; }
.unread { padding: .2rem 1rem; }
.diff { width: 100%; border-collapse: collapse; font-family: var(--mono); font-size: .82rem; line-height: 1.5; }
.diff td { padding: 0 .6rem; vertical-align: top; }
.diff .no { width: 1%; text-align: right; color: var(--muted); user-select: none; }
.diff .mark { width: 1%; padding: 0; user-select: none; }
.diff .code { white-space: pre; tab-size: 4; }
.diff .added { background: var(--plus-bg); } .diff .removed { background: var(--minus-bg); }
.diff .hunk td { padding: .25rem 1rem; color: var(--muted); background: var(--soft); }
.diff .about td { padding: .5rem 1rem; background: var(--card); font-family: system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
.note { max-width: 46rem; padding: .6rem .9rem; border: 1px solid var(--line); border-left: 4px solid var(--grey); border-radius: 8px; font-size: .88rem; overflow-wrap: anywhere; }
.note + .note { margin-top: .5rem; }
.note p { margin: .15rem 0; }
.note.blocker { border-left-color: var(--red); } .note.concern { border-left-color: var(--amber); } .note.closed { border-left-color: var(--green); }
@media (max-width: 560px) {
  .bar nav { margin-left: 0; flex-basis: 100%; }
  .board { flex-direction: column; align-items: stretch; }
  .board section { flex: none; max-width: none; }
  .plot svg { min-width: 36rem; }
}
`;
