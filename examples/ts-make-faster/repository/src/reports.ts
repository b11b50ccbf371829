export type Report = { readonly id: number; readonly title: string };

/** Reports whose title has the word, those with the highest number first. */
export function find(reports: readonly Report[], word: string): Report[] {
  return reports
    .filter(({ title }) => title.toLowerCase().includes(word.toLowerCase()))
    .sort((a, b) => b.id - a.id);
}
