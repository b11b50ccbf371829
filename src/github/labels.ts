import { type Forge, ForgeAway } from "../forge/forge.ts";
import type { NewLabel } from "../forge/written.ts";
import type { Client } from "./client.ts";
import { ask, must } from "./wire.ts";

/**
 * GitHub gives a label that it does not know a grey look and no words. So those of ours that have a look are created before they are
 * first used, once for each connection; a label that stands already is refused, and stays as its maintainers made it.
 */
export function labelActs({ rest, at, line }: Client): Pick<Forge, "createLabel" | "addLabel"> {
  const known = new Set<string>();
  const create = ({ name, look }: NewLabel) => {
    const label = { name: line(name), ...(look && { color: look.colour, description: line(look.description) }) };
    return ask("creating a label", rest.rest.issues.createLabel({ ...at, ...label }));
  };
  return {
    async createLabel(label) {
      const created = await create(label);
      if (created.ok) return "created";
      if (created.status === 422) return "there";
      throw new ForgeAway(`GitHub refused to create a label: ${created.reason}`, null, "not-done", "refused");
    },
    async addLabel(issueNumber, label) {
      if (label.look && !known.has(label.name)) {
        const created = await create(label);
        if (created.ok || created.status === 422) known.add(label.name);
      }
      const labels = [line(label.name)];
      await must("adding a label", rest.rest.issues.addLabels({ ...at, issue_number: issueNumber, labels }));
    },
  };
}
