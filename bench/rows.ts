/** The rows of the table, subject by subject. */
import { aosForNode, fetchAos } from "../module/aos.ts";
import { generatePopulation, type Population } from "../units/population.ts";
import { instrumentedModule, bundleOf, startInstance, type Instance } from "./instance.ts";
import { MeasuredLedger, raised } from "./ledger.ts";
import type { Row } from "./measures.ts";
import { Messages, type Scene } from "./scene.ts";
import { processorTime, timeEach } from "./timing.ts";

export const ledgerSubject = "ledger, compact module";
export const aosSubject = "ledger, aos";

/** The population of every subject at so many wallets. */
export function populationOf(wallets: number): Population {
  return generatePopulation({ wallets, edgesPerWallet: 1 });
}

/** The ledger in the compact module: speed, and memory before and after everybody has been settled. */
export async function measureLedger(scene: Scene, population: Population): Promise<Row["values"]> {
  const instance = await startInstance(await instrumentedModule(await bundleOf("ledger")), scene.environment);
  const wallets = population.delegations.length;
  for (const message of scene.start) await instance.accepted(message);
  const empty = await heapOf(instance);
  const ledger = new MeasuredLedger(instance, scene, population);
  const firstSnapshot = await ledger.snapshot();
  await ledger.delegate();
  const heap = ((await heapOf(instance)) - empty) / wallets;
  const memory = instance.memory() / wallets;
  const rows = await ledger.rows();
  await ledger.pass(3);
  const fullSnapshot = await ledger.snapshot(raised(population.balances));
  const heapSettled = ((await heapOf(instance)) - empty) / wallets;
  const memorySettled = instance.memory() / wallets;
  return { ...rows, firstSnapshot, fullSnapshot, heap, heapSettled, memory, memorySettled };
}

/** The same bundle in the stock aos module, as a process spawned with the bundle as its Data. */
export async function measureAos(scene: Scene, population: Population): Promise<Row["values"]> {
  const release = aosForNode();
  const bundle = await bundleOf("ledger");
  const instance = await startInstance(await fetchAos(release), scene.environment, release);
  const [spawn, ...start] = scene.start;
  const boot = { ...spawn!, Data: bundle, Tags: [...spawn!.Tags, { name: "On-Boot", value: "Data" }] };
  for (const message of [boot, ...start]) await instance.accepted(message);
  const ledger = new MeasuredLedger(instance, scene, population);
  const firstSnapshot = await ledger.snapshot();
  await ledger.pass(3);
  const noop = await ledger.time(() => ledger.messages.repeatedCycle(), 30);
  const cycle = await ledger.time(() => ledger.messages.cycle(), 30);
  const newEdge = await ledger.time((i) => ledger.change(i, 5000), 30);
  const memory = instance.memory() / population.delegations.length;
  return { noop: noop.median, cycle: cycle.median, newEdge: newEdge.median, firstSnapshot, memory };
}

/** A no-op in both modules with the memory copied in and out, as a unit does that keeps each result's memory. */
export async function measureCopying(scene: Scene): Promise<readonly Row[]> {
  const release = aosForNode();
  const modules = [
    { subject: ledgerSubject, wasm: await instrumentedModule(await bundleOf("ledger")), format: undefined },
    { subject: aosSubject, wasm: await fetchAos(release), format: release.format },
  ];
  const rows: Row[] = [];
  for (const { subject, wasm, format } of modules) {
    const options = { copied: true, ...(format === undefined ? {} : { format }) };
    const instance = await startInstance(wasm, scene.environment, options);
    await instance.accepted(scene.start[0]!);
    const messages = new Messages(scene);
    const owner = scene.environment.Process.Owner;
    const make = () => messages.wallet(owner, { Action: "Some-Notice" });
    await timeEach(20, make, instance.accepted);
    const { median } = await timeEach(30, make, instance.accepted);
    rows.push({ subject, wallets: 0, values: { copied: median } });
  }
  return rows;
}

async function heapOf(instance: Instance): Promise<number> {
  return Number(await instance.instrument("heap"));
}

/**
 * Measures a subject at one number of wallets after the other, as far as it gets in so many milliseconds of processor time: a number is
 * left out when the last one says that it would take longer than what is left.
 */
export async function climb(
  subject: string,
  sizes: readonly number[],
  limit: number,
  measure: (population: Population) => Promise<Row["values"]>,
): Promise<Row[]> {
  const rows: Row[] = [];
  let left = limit;
  let expected = 0;
  for (const [i, wallets] of sizes.entries()) {
    if (expected > left) break;
    const population = populationOf(wallets);
    const milliseconds = await processorTime(async () => {
      rows.push({ subject, wallets, values: await measure(population) });
    });
    console.error(`${subject}: ${wallets} wallets in ${(milliseconds / 1000).toFixed(1)} s`);
    left -= milliseconds;
    expected = milliseconds * ((sizes[i + 1] ?? 0) / wallets);
  }
  return rows;
}
