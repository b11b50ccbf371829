/** Values of an INI file: one a line, indented below their key, or on the key's own line. */
export function iniList(text: string, section: string, keys: RegExp | { test(name: string): boolean }): string[] {
  const found: string[] = [];
  let here = "";
  let key = "";
  for (const line of text.split(/\r?\n/)) {
    const heading = /^\[([^\]]+)\]/.exec(line)?.[1];
    const [, name, value] = /^([\w.-]+)\s*[=:]\s*(.*)$/.exec(line) ?? [];
    if (heading !== undefined) [here, key] = [heading.trim(), ""];
    else if (name !== undefined) key = name;
    const content = name !== undefined ? value : /^\s+(.*)$/.exec(line)?.[1];
    if (here === section && key && keys.test(key) && content && !/^[#;]/.test(content.trim()))
      found.push(...content.split(";", 1).map((one) => one.trim()));
  }
  return found.filter((one) => one !== "");
}
