/** From the state that an older version of the code has kept to the one that this version expects. */
import { type Refusal, refuse } from "../protocol/refusal.ts";
import type { Kept } from "./kept.ts";
import type { Process } from "./process.ts";

/**
 * Makes the kept state that of this version, one migration a version. Refused, with everything as it was: the state is
 * another process's, it is newer than the code, a migration is missing.
 */
export function migrate<State>(process: Process<State>, kept: Kept<unknown>): Refusal | undefined {
  if (kept.process !== process.name) {
    return refuse(
      "wrong-process",
      `The state is that of the ${kept.process}, the code the ${process.name}'s`,
    );
  }
  if (kept.version > process.version) {
    return refuse("newer-state", `The state has version ${kept.version}, the code only ${process.version}`);
  }
  const migrations = process.migrations ?? [];
  let { state } = kept;
  for (let version = kept.version; version < process.version; version++) {
    const migration = migrations.find(({ from }) => from === version);
    if (migration === undefined) {
      return refuse("missing-migration", `The code can't migrate a state of version ${version}`);
    }
    state = migration.migrate(state);
  }
  kept.state = state;
  kept.version = process.version;
  return undefined;
}
