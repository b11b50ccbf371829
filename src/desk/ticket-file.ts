/** A ticket as a person wrote it into a file: its first line is the title, what follows is the text. */
export type TicketText = { readonly title: string; readonly body: string };

/** As long as an issue may be on GitHub; what is longer belongs into a file of the repository that the ticket names. */
export const TICKET_CHARS_MAX = 65_536;
/** What GitHub takes as an issue's title. */
export const TITLE_CHARS_MAX = 256;

/** No text of so many characters takes more in UTF-8: a pipe or a device that never ends is not read to its end. */
export const TICKET_BYTES_MAX = 4 * TICKET_CHARS_MAX;

export const TOO_LONG = `The ticket has more than ${TICKET_CHARS_MAX} characters: put the long part into a file of the repository and name that file.`;

/**
 * @returns the sentence why it is no ticket
 * @example
 * parseTicket("# Add a loud option\n\nAs a user …") // → { title: "Add a loud option", body: "As a user …" }
 */
export function parseTicket(text: string): TicketText | string {
  if (text.includes("\0")) return "The ticket is no text: write it in Markdown, the title in its first line.";
  if (text.length > TICKET_CHARS_MAX) return TOO_LONG;
  const lines = text
    .replace(/^\uFEFF/, "")
    .replace(/\r\n?/g, "\n")
    .split("\n");
  const first = lines.findIndex((line) => line.trim() !== "");
  if (first < 0) return "The ticket is empty: write what shall be done, the title in its first line.";
  const title = (lines[first] ?? "")
    .replace(/^#{1,6}(?:[ \t]+|$)/, "")
    .replace(/[ \t]+#*$/, "")
    .trim();
  if (title === "") return "The ticket has no title: write it in its first line.";
  return fitted(
    title,
    lines
      .slice(first + 1)
      .join("\n")
      .trim(),
  );
}

/** A title too long to be one is a text without a title: all of it stays, and its beginning is the title. */
function fitted(title: string, body: string): TicketText {
  if (title.length <= TITLE_CHARS_MAX) return { title, body };
  const cut = title.slice(0, TITLE_CHARS_MAX - 1);
  const at = cut.lastIndexOf(" ");
  return { title: `${at > TITLE_CHARS_MAX / 2 ? cut.slice(0, at) : cut}…`, body: `${title}\n\n${body}`.trim() };
}
