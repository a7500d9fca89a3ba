/** A day of Tributary on a network in this process: spawn, load a population, run the mint cycles, read the books. */
import { readFileSync } from "node:fs";
import { answerOf, type Ask } from "../deployment/units.ts";
import { buildAll } from "../module/build-all.ts";
import { spawnCore, type Core } from "../units/core.ts";
import { tagsOf } from "../units/message.ts";
import { createNetwork, type Network } from "../units/network.ts";
import { balancePages, delegationsText, type Population } from "../units/population.ts";
import { wasmModule } from "../units/wasm.ts";

/** What a day tells while it goes on: what is being done, and how far it has come. */
export type Progress = (stage: string, done: number, total: number) => void;

/** A network on which a population has been loaded. */
export interface Day {
  readonly network: Network;
  readonly core: Core;
  /** The processes' modules: bytes and hash. */
  readonly modules: readonly { readonly name: string; readonly size: number; readonly sha256: string }[];
}

/** Builds what is stale, and spawns token, ledger and mint, whose ticks come by cron. */
export async function beginDay(population: Population, progress: Progress): Promise<Day> {
  progress("building modules", 0, 1);
  const built = await buildAll({ quiet: true, names: ["token", "ledger", "mint"] });
  progress("building modules", 1, 1);
  const network = createNetwork();
  for (const { name, module } of built) network.module(name, wasmModule(readFileSync(module.path)));
  const core = await spawnCore(network, {
    tokens: population.tokens,
    mint: { "Cron-Interval": "5-minutes", "Cron-Tag-Action": "Tick" },
  });
  const modules = built.map(({ name, module }) => ({ name, size: module.size, sha256: module.sha256 }));
  return { network, core, modules };
}

/** Reports the balances as the oracle, and sends each wallet's delegations. */
export async function load(
  { network, core }: Day,
  population: Population,
  progress: Progress,
): Promise<void> {
  const oracles = new Map(population.tokens.map(({ token, oracle }) => [token, oracle]));
  const pages = balancePages(population);
  for (const [i, { token, page, pages: count, text }] of pages.entries()) {
    progress("reporting balances", i, pages.length);
    const tags = { Token: token, Snapshot: "1", Mode: "full", Page: `${page}`, Pages: `${count}` };
    await send(network, oracles.get(token)!, core.ledger, { Action: "Set-Balances", ...tags }, text);
  }
  while (Number((await read(network, core.ledger, "Tick")).snapshotsComing) > 0) {
    await send(network, core.owner, core.ledger, { Action: "Tick" });
  }
  const { delegations } = population;
  for (const [i, delegation] of delegations.entries()) {
    if (i % 100 === 0) progress("sending delegations", i, delegations.length);
    await send(
      network,
      delegation.wallet,
      core.ledger,
      { Action: "Set-Delegations" },
      delegationsText(delegation),
    );
  }
  progress("sending delegations", delegations.length, delegations.length);
}

/** Runs the cycles; gives the milliseconds that each took, from the tick to the last notice. */
export async function runCycles(
  { network }: Day,
  cycles: number,
  progress: Progress,
): Promise<readonly number[]> {
  const times: number[] = [];
  for (let i = 0; i < cycles; i++) {
    progress("minting", i, cycles);
    const start = performance.now();
    await network.advance(300_000);
    times.push(performance.now() - start);
  }
  progress("minting", cycles, cycles);
  return times;
}

/** A read of a process: the JSON in the Data of its answer. */
export async function read(
  network: Network,
  target: string,
  action: string,
  tags: Readonly<Record<string, string>> = {},
): Promise<Record<string, unknown>> {
  const { Error: error, Messages } = await network.dryRun({
    target,
    tags: tagsOf({ Action: action, ...tags }),
  });
  if (error !== undefined) throw new Error(`${action}: ${error}`);
  return JSON.parse(Messages.at(-1)!.Data!) as Record<string, unknown>;
}

/** How the books are read on this network. */
export function askOf(network: Network): Ask {
  return async (target, tags) =>
    answerOf(await network.dryRun({ target, tags: tagsOf(tags) }), tags.Action ?? "");
}

async function send(
  network: Network,
  from: string,
  target: string,
  tags: Readonly<Record<string, string>>,
  data?: string,
): Promise<void> {
  const id = network.send({ from, target, tags: tagsOf(tags), ...(data === undefined ? {} : { data }) });
  await network.settle();
  const error = network.result(id)?.Error;
  if (error !== undefined) throw new Error(`${tags.Action} of ${from}: ${error}`);
}
