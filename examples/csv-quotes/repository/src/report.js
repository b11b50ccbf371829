import { parseCsv } from "./csv.js";

const COLUMNS = ["date", "category", "amount"];

/** @param {string} text @returns {{date: string, category: string, cents: number}[]} */
export function readExpenses(text) {
  const [header = [], ...rows] = parseCsv(text);
  const at = Object.fromEntries(COLUMNS.map((name) => [name, header.indexOf(name)]));
  const missing = COLUMNS.filter((name) => at[name] < 0);
  if (missing.length > 0) throw new Error(`The file lacks the column ${missing.join(" and ")}.`);
  return rows.map((row, index) => {
    const cents = toCents(row[at.amount] ?? "");
    if (Number.isNaN(cents)) throw new Error(`Line ${index + 2}: "${row[at.amount]}" is not an amount.`);
    return { date: row[at.date] ?? "", category: row[at.category] ?? "", cents };
  });
}

function toCents(text) {
  return /^-?\d+(\.\d{1,2})?$/.test(text) ? Math.round(Number(text) * 100) : NaN;
}

/** @returns {Map<string, number>} cents by category, largest first */
export function totals(expenses, month = null) {
  const sums = new Map();
  for (const { date, category, cents } of expenses) {
    if (month !== null && Number(date.slice(5, 7)) !== month) continue;
    sums.set(category, (sums.get(category) ?? 0) + cents);
  }
  return new Map([...sums].sort((a, b) => b[1] - a[1]));
}
