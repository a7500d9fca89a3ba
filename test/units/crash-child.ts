/** A network in a process of its own, to be killed: `crash-child <data> <keys>`. Prints its description as JSON. */
import { readFileSync } from "node:fs";
import type { UnitKeys } from "../../units/local-keys.ts";
import { startNetwork } from "../../units/local-network.ts";

const [data = "", keys = ""] = process.argv.slice(2);
const network = await startNetwork({
  data,
  keys: JSON.parse(readFileSync(keys, "utf8")) as UnitKeys,
  // Often, so that many a kill comes while one is written.
  snapshotAfter: 30,
});
const { url, units, authority, scheduler } = network;
console.log(JSON.stringify({ url, units, authority, scheduler }));
process.on("SIGTERM", () => void network.stop());
