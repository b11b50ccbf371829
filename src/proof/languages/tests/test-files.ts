/** Which files belong to tests, by the conventions of the common languages. A test's data and snapshots count too. */
const FOLDERS = /(^|\/)(tests?|__tests__|__mocks__|__snapshots__|__fixtures__|specs?|e2e|testdata)\//i;
const NAMES = [
  /\.(test|spec|e2e|cy)\.[cm]?[jt]sx?$/,
  /(^|\/)test[-_][^/]*\.([cm]?[jt]s|py)$/,
  /[-_](test|spec)\.([cm]?[jt]sx?|py|go|rb|rs|exs?|dart|cc|cpp|c)$/,
  /(Test|Tests|Spec|IT)\.(java|kt|kts|scala|cs|swift|php|groovy)$/,
  /(^|\/)(conftest|test|tests)\.(py|[cm]?[jt]s)$/,
  /\.snap$/,
];
const CODE =
  /\.([cm]?[jt]sx?|vue|svelte|py|go|rs|java|kt|kts|scala|cs|swift|php|rb|exs?|dart|c|cc|cpp|h|hpp|sh|lua|groovy)$/i;

export function isTestFile(path: string): boolean {
  return FOLDERS.test(path) || NAMES.some((pattern) => pattern.test(path));
}

export function isCode(path: string): boolean {
  return CODE.test(path);
}

/** A file that holds tests or what they share, not their data. */
export function isTestCode(path: string): boolean {
  return isTestFile(path) && isCode(path);
}
