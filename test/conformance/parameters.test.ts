/** Parameters that no process starts with: the spawn fails alike on every runtime. */
import { everywhere, testAlike } from "./alike.ts";
import { parameterLogs } from "./logs/parameters.ts";
import { onCompact } from "./replay.ts";

// An aos takes a third of a second to start, and the way of a refusal through it does not depend on the parameter.
const logs = parameterLogs();
testAlike(
  logs.filter((_, i) => i % 6 === 0),
  everywhere,
);
testAlike(
  logs.filter((_, i) => i % 6 !== 0),
  { "the compact module": onCompact() },
);
