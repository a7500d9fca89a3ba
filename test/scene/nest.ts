/** A small process for tests of spawning: it has children as it is told, and nobody may ever change its code. */
import { actionsOf, type Process } from "../../process/host/process.ts";
import type { Effect } from "../../process/protocol/message.ts";
import { isRefusal } from "../../process/protocol/refusal.ts";
import { reply } from "../../process/protocol/reply.ts";
import { requiredTag } from "../../process/protocol/tags.ts";

interface NestState {
  /** `name=id`, in the order in which they were told. */
  readonly children: string[];
}

export const nest: Process<NestState> = {
  name: "nest",
  version: 1,
  ownerless: true,
  start: () => ({ children: [] }),
  actions: actionsOf<NestState>(
    [
      [
        "Info",
        (state, message) => [reply(message, "Info-Response", [["Children", state.children.join(",")]])],
      ],
    ],
    [
      [
        "Hatch",
        (_, message) => {
          const module = requiredTag(message, "With");
          const name = requiredTag(message, "Name");
          if (isRefusal(module)) return module;
          if (isRefusal(name)) return name;
          const effects: Effect[] = [
            reply(message, "Hatch-Response", []),
            { module, spawnTags: [["Name", name]], data: "" },
            reply(message, "Hatch-Response", []),
            {
              module,
              spawnTags: [
                ["Name", `${name} "2"`],
                ["Reference", "own"],
              ],
              data: message.data!,
            },
          ];
          return effects;
        },
      ],
      [
        "Spawned",
        (state, message) => {
          const name = requiredTag(message, "Name");
          const child = requiredTag(message, "Process");
          if (isRefusal(name)) return name;
          if (isRefusal(child)) return child;
          state.children.push(`${name}=${child}`);
          return [];
        },
      ],
    ],
  ),
};
