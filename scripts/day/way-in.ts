/** How to go on with a network on which a day has been run: its addresses, its processes, and lines to copy. */
import { cycleMilliseconds } from "./cycles.ts";
import type { Day } from "./day.ts";

/** Lines for a terminal. */
export function wayIn({ network, processes }: Day): string {
  const addresses = { ...network.units, ...processes };
  const width = Math.max(...Object.keys(addresses).map((name) => name.length));
  return [
    "",
    `The network serves at ${network.url}, and its clock stands. Ctrl-C ends it.`,
    "",
    ...Object.entries(addresses).map(([name, value]) => `  ${name.padEnd(width)}  ${value}`),
    "",
    "what has been minted, by path:",
    `  curl ${network.url}/${processes.mint}~process@1.0/now/info/minted`,
    "five minutes more:",
    `  curl -d '{"advance": ${cycleMilliseconds}}' ${network.url}/clock`,
    "To send a delegation and read it back with aoconnect: the lines in README.md.",
  ].join("\n");
}
