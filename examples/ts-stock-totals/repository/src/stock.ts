/** A line of the stock list, such as `rice, 1.5 kg`. */
export type Line = { readonly item: string; readonly amount: string };

export function parseLine(text: string): Line {
  const [item = "", amount = ""] = text.split(",").map((part) => part.trim());
  return { item, amount };
}
