/** The tally's second version: entries instead of columns, and the sum of all. */
import { actionsOf, type Migration, type Process } from "../../../process/host/process.ts";
import { reply } from "../../../process/protocol/reply.ts";
import type { FirstState } from "./first.ts";

export interface SecondState {
  readonly entries: { readonly name: string; count: number }[];
  total: number;
}

export const fromFirst: Migration = {
  from: 1,
  migrate(state): SecondState {
    const { names, counts } = state as FirstState;
    const entries = names.map((name, i) => ({ name, count: counts[i]! }));
    return { entries, total: counts.reduce((sum, count) => sum + count, 0) };
  },
};

export const second: Process<SecondState> = {
  name: "tally",
  version: 2,
  start: () => ({ entries: [], total: 0 }),
  migrations: [fromFirst],
  actions: actionsOf<SecondState>(
    [["Info", (state, message) => [reply(message, "Info-Response", [["Total", `${state.total}`]])]]],
    [["Break", (state) => [(state.entries[9] as unknown as { more: { text: never } }).more.text]]],
  ),
};
