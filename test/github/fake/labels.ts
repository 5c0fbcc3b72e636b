import { created, invalid, notFound, ok } from "./answer.ts";
import { nodeId, type Plays, repositoryUrl } from "./call.ts";
import type { Label, World } from "./world.ts";

const PLAIN = "ededed";

/** The label of this name, whatever its letters' case; made where there is none. */
export function labelOf(world: World, name: string): Label {
  const key = name.toLowerCase();
  const found = world.labels.get(key) ?? { id: world.count(), name, color: PLAIN, description: undefined };
  world.labels.set(key, found);
  return found;
}

export function labelView(world: World, name: string): Readonly<Record<string, unknown>> {
  const label = labelOf(world, name);
  const url = `${repositoryUrl(world)}/labels/${encodeURIComponent(label.name)}`;
  return {
    ...label,
    node_id: nodeId("Label", label.id),
    url,
    description: label.description,
    default: false,
  };
}

interface NewLabel {
  readonly name: string;
  readonly color?: string;
  readonly description?: string;
}

export const LABELS: Plays = {
  "GET /repos/{owner}/{repo}/labels/{name}": {
    needs: () => ["issues", "read"],
    play({ world, path }) {
      const name = path["name"] ?? "";
      if (!world.labels.has(name.toLowerCase())) throw notFound();
      return ok(labelView(world, name));
    },
  },
  "POST /repos/{owner}/{repo}/labels": {
    needs: () => ["issues", "write"],
    keys: ["name", "color", "description"],
    play({ world, body }) {
      const { name, color = PLAIN, description } = body as NewLabel;
      const key = name.toLowerCase();
      if (world.labels.has(key)) throw invalid({ resource: "Label", code: "already_exists", field: "name" });
      // Six digits, without the `#`.
      if (!/^[0-9a-f]{6}$/i.test(color))
        throw invalid({ resource: "Label", code: "invalid", field: "color" });
      world.labels.set(key, { id: world.count(), name, color, description });
      return created(labelView(world, name));
    },
  },
};
