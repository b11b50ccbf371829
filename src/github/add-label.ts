import type { Forge } from "../forge/forge.ts";
import type { Client } from "./client.ts";
import { ask, must } from "./wire.ts";

/**
 * GitHub gives a label that it does not know a grey look and no words. So those of ours that have a look are created before they are
 * first used, once for each connection; a label that stands already is refused, and stays as its maintainers made it.
 */
export function addLabel({ rest, at, line }: Client): Forge["addLabel"] {
  const known = new Set<string>();
  return async (issueNumber, { name, look }) => {
    if (look && !known.has(name)) {
      const label = { name: line(name), color: look.colour, description: line(look.description) };
      const created = await ask("creating a label", rest.rest.issues.createLabel({ ...at, ...label }));
      if (created.ok || created.status === 422) known.add(name);
    }
    const labels = [line(name)];
    await must("adding a label", rest.rest.issues.addLabels({ ...at, issue_number: issueNumber, labels }));
  };
}
