/** `node --import ts-blank-space/register scripts/network-bench.ts [--messages N]`: what the local network carries. */
import { parseArgs } from "node:util";
import { measureThroughput } from "../units/throughput.ts";

const { values } = parseArgs({ options: { messages: { type: "string", default: "2000" } } });
console.log(JSON.stringify(await measureThroughput({ messages: Number(values.messages) }), null, 2));
