import { createHash } from "node:crypto";

/**
 * The only script of the pages, and they do without it: it asks for the page again when the server says that something changed,
 * and puts the new content in the place of the old; what a step does right now comes with the stream, as one line. What was folded open, written into the search and focused stays.
 */
export const LIVE_SCRIPT = `
(() => {
  const main = document.getElementById("main");
  const source = main && main.dataset.live;
  if (!source || !window.EventSource) return;
  const folds = (root) => [...root.querySelectorAll("details")];
  const nameOf = (fold) => fold.closest("[id]").id + " " + fold.querySelector("summary").textContent.trim();
  const draw = async () => {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    if (!answer.ok || answer.redirected) return;
    const next = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("main");
    if (!next || main.contains(document.activeElement) && /^(INPUT|SELECT)$/.test(document.activeElement.tagName)) return;
    const open = new Set(folds(main).filter((one) => one.open).map(nameOf));
    for (const one of folds(next)) one.open = one.open || open.has(nameOf(one));
    const focused = document.activeElement && document.activeElement.getAttribute("href");
    main.replaceChildren(...next.childNodes);
    if (focused) [...main.querySelectorAll("a")].find((one) => one.getAttribute("href") === focused)?.focus({ preventScroll: true });
  };
  const follow = ({ data }) => {
    const next = new DOMParser().parseFromString(data, "text/html").body.firstElementChild;
    const line = main.querySelector(".right-now");
    if (next && line) line.replaceWith(next);
  };
  const events = new EventSource(source);
  events.addEventListener("changed", () => draw().catch(() => undefined));
  events.addEventListener("now", follow);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    const search = document.querySelector("input[type=search]");
    if (search) { event.preventDefault(); search.focus(); }
  });
})();
`;

const HASH_DIGITS = 10;

/** The path holds a hash of the content, as the stylesheet's does. */
export const LIVE_SCRIPT_PATH = `/live-${createHash("sha256").update(LIVE_SCRIPT).digest("hex").slice(0, HASH_DIGITS)}.js`;
