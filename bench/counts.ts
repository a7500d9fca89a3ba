/**
 * What does not depend on the machine: how many of Lua's instructions each kind of message takes, at 1,000 wallets, and
 * how large the modules are.
 */
import { buildAll } from "../module/build-all.ts";
import { countingModule, bundleOf, startInstance } from "./instance.ts";
import { MeasuredLedger, raised } from "./ledger.ts";
import { populationOf } from "./rows.ts";
import type { Scene } from "./scene.ts";

/** Named figures. */
export type Figures = Readonly<Record<string, number>>;

/** Counts instructions: the same in each run, on any machine. */
export async function countInstructions(scene: Scene): Promise<Figures> {
  const population = populationOf(1_000);
  const instance = await startInstance(await countingModule(await bundleOf("ledger")), scene.environment);
  for (const message of scene.start) await instance.accepted(message);
  const ledger = new MeasuredLedger(instance, scene, population);
  await ledger.snapshot();
  await ledger.delegate();
  await ledger.pass(20);
  const { messages } = ledger;
  const { wallet, preferences } = population.delegations[7]!;
  const { oracle } = population.tokens[0]!;
  const rows = raised(population.balances)
    .get("AR")!
    .map((row) => `${row.wallet},${row.amount}`);
  const place = { Token: "AR", Snapshot: "2", Mode: "delta" };
  const kinds = {
    "no-op": messages.repeatedCycle(),
    cycle: messages.cycle(),
    "Get-Yield": messages.wallet(wallet, { Action: "Get-Yield", Wallet: wallet }),
    "Set-Delegation": ledger.change(7, 5000),
    Withdraw: messages.wallet(preferences[0]!.walletTo, { Action: "Withdraw" }),
    "a row of Set-Balances": messages.wallet(oracle, { Action: "Set-Balances", ...place }, rows.join("\n")),
  };
  const figures: Record<string, number> = {};
  for (const [name, message] of Object.entries(kinds)) {
    const count = await instance.count(message);
    const perRow = name.startsWith("a row") ? rows.length : 1;
    figures[`instructions: ${name}`] = Math.round(count / perRow);
  }
  return figures;
}

/** Bytes of the modules of every process. */
export async function measureModules(): Promise<Figures> {
  const built = await buildAll({ quiet: true });
  return Object.fromEntries(built.map(({ name, module }) => [`bytes: ${name}.wasm`, module.size]));
}
