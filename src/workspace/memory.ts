import { readdir, readFile } from "node:fs/promises";

/**
 * Memory that a process and all its descendants hold, in bytes, as the kernel counts it now. Only their own pages:
 * program files that many of them share would count many times. 0 where there is no /proc.
 */
export async function residentBytes(root: number): Promise<number> {
  const all = await processes();
  const children = new Map<number, number[]>();
  for (const [pid, { parent }] of all) children.set(parent, [...(children.get(parent) ?? []), pid]);
  let sum = 0;
  const open = [root];
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    sum += all.get(pid)?.bytes ?? 0;
    open.push(...(children.get(pid) ?? []));
  }
  return sum;
}

type Held = { readonly parent: number; readonly bytes: number };

async function processes(): Promise<Map<number, Held>> {
  const names = await readdir("/proc").catch(() => [] as string[]);
  const found = new Map<number, Held>();
  for (const name of names.filter((one) => /^\d+$/.test(one))) {
    // It may have ended since the folder was listed.
    const status = await readFile(`/proc/${name}/status`, "latin1").catch(() => "");
    const parent = /^PPid:\s+(\d+)/m.exec(status)?.[1];
    const kilobytes = /^RssAnon:\s+(\d+) kB/m.exec(status)?.[1] ?? "0";
    if (parent !== undefined) found.set(Number(name), { parent: Number(parent), bytes: Number(kilobytes) * 1024 });
  }
  return found;
}
