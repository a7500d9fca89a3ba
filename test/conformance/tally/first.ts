/** A small process for tests of upgrades: it counts what it is told to. This is its first version. */
import { actionsOf, type Process } from "../../../process/host/process.ts";
import { reply } from "../../../process/protocol/reply.ts";
import { isRefusal } from "../../../process/protocol/refusal.ts";
import { requiredTag } from "../../../process/protocol/tags.ts";

export interface FirstState {
  readonly names: string[];
  readonly counts: number[];
}

export const first: Process<FirstState> = {
  name: "tally",
  version: 1,
  start: () => ({ names: [], counts: [] }),
  actions: actionsOf<FirstState>(
    [["Info", (state, message) => [reply(message, "Info-Response", [["Names", `${state.names.length}`]])]]],
    [
      [
        "Count",
        (state, message) => {
          const name = requiredTag(message, "Name");
          if (isRefusal(name)) return name;
          const known = state.names.indexOf(name);
          if (known >= 0) state.counts[known] = state.counts[known]! + 1;
          else {
            state.names.push(name);
            state.counts.push(1);
          }
          return [];
        },
      ],
    ],
  ),
};
