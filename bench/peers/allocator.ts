/** The peers that walk over all wallets in each cycle: on our naturals in the compact module, on bint in aos. */
import { join } from "node:path";
import { aosForNode, fetchAos } from "../../module/aos.ts";
import { buildModule } from "../../module/build.ts";
import { bundleLua } from "../../module/bundle.ts";
import type { Population } from "../../units/population.ts";
import { luaFile, startInstance, withInstruments } from "../instance.ts";
import type { Row } from "../measures.ts";
import { Messages, type Scene } from "../scene.ts";
import { processorTime, processorTimeEach, timeEach } from "../timing.ts";

/** Calls one of the allocator's functions. */
type Ask = (name: string, text: string) => Promise<unknown>;

interface Peer {
  readonly ask: Ask;
  readonly memory: () => number;
  /** What it costs to be asked anything. */
  readonly noop: string;
}

/** The weight of one smallest unit of each token, in the proportion of the population's multipliers. */
const unitWeights = ["AR,10000000", "stETH,6000", "DAI,2"];

const rowsPerCall = 10_000;

/** The allocator on our naturals, in the compact module. It is asked without any message being decoded. */
export async function measureWalk(scene: Scene, population: Population): Promise<Row["values"]> {
  const naturals = bundleLua(join(import.meta.dirname, "naturals.ts"));
  const code = [
    withInstruments(`function handle() end\nfunction useNumbers(all) numbers = all end\n${naturals}`),
    luaFile("peers/allocator"),
    luaFile("peers/walk"),
  ];
  const instance = await startInstance(await buildModule(code.join("\n")), scene.environment);
  return measure({ ask: instance.instrument, memory: instance.memory, noop: "hold" }, population);
}

/** The allocator on bint, in aos. */
export async function measureBint(scene: Scene, population: Population): Promise<Row["values"]> {
  const release = aosForNode();
  const instance = await startInstance(await fetchAos(release), scene.environment, release);
  const messages = new Messages(scene);
  const { Owner: owner } = scene.environment.Process;
  const send: Ask = (action, data) => instance.accepted(messages.wallet(owner, { Action: action }, data));
  await instance.accepted(scene.start[0]!);
  await send("Eval", `${luaFile("peers/allocator")}\n${luaFile("peers/bint")}`);
  return measure({ ask: send, memory: instance.memory, noop: "hold" }, population);
}

async function measure({ ask, memory, noop }: Peer, population: Population): Promise<Row["values"]> {
  for (const line of unitWeights) await ask("weigh", line);
  const holdings = [...population.balances].flatMap(([token, rows]) =>
    rows.map(({ wallet, amount }) => `${token},${wallet},${amount}`),
  );
  const edges = population.delegations.map(
    ({ wallet, preferences: [edge] }) => `${wallet},${edge!.walletTo},${edge!.factor}`,
  );
  await askInParts(ask, "hold", holdings);
  await askInParts(ask, "delegate", edges);
  const loaded = memory();
  const cycle = await processorTimeEach(2, () => ask("cycle", "34593759375000"));
  const change = await timeEach(
    100,
    (i) => edges[(i * 7919) % edges.length]!.replace(/\d+$/, "5000"),
    (edge) => ask("delegate", edge),
  );
  const nothing = await timeEach(
    100,
    () => "",
    (text) => ask(noop, text),
  );
  const milliseconds = await processorTime(() => askInParts(ask, "hold", holdings));
  return {
    noop: nothing.median,
    cycle,
    change: change.median,
    fullSnapshot: (holdings.length / milliseconds) * 1000,
    memory: loaded / population.delegations.length,
  };
}

async function askInParts(ask: Ask, name: string, lines: readonly string[]): Promise<void> {
  for (let i = 0; i < lines.length; i += rowsPerCall)
    await ask(name, lines.slice(i, i + rowsPerCall).join("\n"));
}
