/** HTML whose parts were encoded when they were put in. Only `html`, and `trusted` for what a renderer encoded, make one. */
export type Html = { readonly html: string };

type Part = Html | string | number | null | readonly Html[];

/** Text put into the template is encoded, for element content and for attributes in double quotes alike. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: String.raw({ raw: strings }, ...parts.map(encoded)) };
}

/** For output of our own Markdown renderer, and constants. Never for a text that came from anywhere else. */
export function trusted(markup: string): Html {
  return { html: markup };
}

function encoded(part: Part): string {
  if (part === null) return "";
  if (typeof part === "number") return String(part);
  if (typeof part === "string") return part.replace(/[&<>"']/g, (found) => ENTITIES[found] ?? "");
  return "html" in part ? part.html : part.map((one) => one.html).join("");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
