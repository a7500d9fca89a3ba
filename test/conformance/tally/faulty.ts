/** Versions of the tally that can't take over the first one's state. */
import type { FirstState } from "./first.ts";
import { fromFirst, second } from "./second.ts";

/** It knows the way from the first version and from the third only. */
export const gap = { ...second, version: 4, migrations: [fromFirst, { ...fromFirst, from: 3 }] };

/** Its second migration fails. */
export const broken = {
  ...second,
  version: 3,
  migrations: [
    fromFirst,
    { from: 2, migrate: (state: unknown) => (state as { none: FirstState }).none.names },
  ],
};
