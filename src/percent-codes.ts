/** What percent codes stand for, as in addresses; a text that has a percent sign of another kind stays as it is. */
export function withoutPercentCodes(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
