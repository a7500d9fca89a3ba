/** The messages that a factory evaluates for a launch: real ones of a small network, and as many more after their pattern. */
import { readFileSync } from "node:fs";
import { buildAll } from "../module/build-all.ts";
import { parametersHash } from "../process/protocol/parameters-hash.ts";
import { identifier, walletAddress } from "../units/address.ts";
import {
  type ComputeEnvironment,
  type ComputeMessage,
  scheduledMessage,
  tagsOf,
  tagValue,
} from "../units/message.ts";
import { createNetwork } from "../units/network.ts";
import { walletItem } from "../units/signing.ts";
import { wasmModule } from "../units/wasm.ts";

/** What a factory evaluated for one launch, message by message. */
export interface SpawnPattern {
  readonly environment: ComputeEnvironment;
  /** Its own spawn. */
  readonly start: readonly ComputeMessage[];
  /** From `Create-FLP` to the first report of the listed launch. */
  readonly launch: readonly ComputeMessage[];
  readonly request: string;
  readonly process: string;
}

/** Has a launch made in a small network: the factory's messages are the pattern of all others. */
export async function patternOfSpawn(): Promise<SpawnPattern> {
  const network = createNetwork();
  const [owner, treasury] = ["owner", "treasury"].map((name) => walletAddress(name)) as [string, string];
  const modules: Record<string, string> = {};
  for (const { name, module } of await buildAll({
    quiet: true,
    names: ["fair-launch", "fair-launch-factory", "token"],
  }))
    modules[name] = network.module(name, wasmModule(readFileSync(module.path)));
  const facts = {
    Name: "Token",
    Ticker: "TOK",
    Denomination: "18",
    "Initial-Supply": "1000000000000000000000000",
  };
  const token = await network.spawn({ module: "token", owner, tags: tagsOf(facts) });
  const parameters = {
    "AO-Token": identifier("ao"),
    Ledgers: JSON.stringify([identifier("ledger")]),
    "Launch-Modules": JSON.stringify([{ module: modules["fair-launch"], code: "" }]),
  };
  const factory = await network.spawn({ module: "fair-launch-factory", owner, tags: tagsOf(parameters) });
  const start = network.log(factory).length;
  const terms = {
    ...{
      Name: "Launch",
      Treasury: treasury,
      "Token-Process": token,
      "Token-Supply": "100000000000000000000000",
    },
    ...{ "Decay-Factor": "0.9944", Duration: "180", "Starts-At-Timestamp": `${network.now() + 3_600_000}` },
    "Short-Description": "A launch as long as most are described. ".repeat(3),
  };
  const request = network.send({
    from: owner,
    target: factory,
    tags: tagsOf({ Action: "Create-FLP", ...terms }),
  });
  await network.settle();
  const log = network.log(factory).map(({ message }) => message);
  const process = tagValue(
    log.find(({ Tags }) => tagValue(Tags, "Action") === "Spawned")?.Tags ?? [],
    "Process",
  );
  if (process === undefined) throw new Error("the factory has spawned nothing");
  const environment = network.environment(factory);
  return { environment, start: log.slice(0, start), launch: log.slice(start), request, process };
}

/** The messages of another launch: the pattern's with ids, hash and figures of its own. */
export function messagesOf(
  { launch, request, process }: SpawnPattern,
  number: number,
): readonly ComputeMessage[] {
  const ids = new Map([
    [request, identifier("request", number)],
    [process, identifier("launch", number)],
  ]);
  let hash = "";
  return launch.map((message, i) => {
    const tags = message.Tags.map(({ name, value }) => ({ name, value: ids.get(value) ?? value }));
    const action = tagValue(tags, "Action");
    if (action === "Spawned") {
      const added = ["Action", "Process"];
      hash = parametersHash(tags.filter(({ name }) => !added.includes(name)));
    }
    const Tags = tags.map((tag) => (tag.name === "Parameters-Hash" ? { ...tag, value: hash } : tag));
    const Id = i === 0 ? ids.get(request)! : identifier("message", number, i);
    return {
      ...message,
      Id,
      From: ids.get(message.From) ?? message.From,
      Tags,
      Data: dataOf(message, number),
    };
  });
}

/** A report with an amount that no order of ids follows. */
function dataOf({ Data, Tags }: ComputeMessage, number: number): string | null {
  if (tagValue(Tags, "Action") !== "FLP-Report") return Data ?? null;
  const accumulated = `${((number * 7_919 + 13) % 1_000_003) * 1_000_000_000}`;
  return JSON.stringify({ ...(JSON.parse(Data!) as object), accumulated_qty: accumulated });
}

/** Somebody reads. */
export function readOf(
  { environment, launch }: SpawnPattern,
  number: number,
  tags: Readonly<Record<string, string>>,
): ComputeMessage {
  const last = launch.at(-1)!;
  const id = identifier("read", number, JSON.stringify(tags));
  const target = environment.Process.Id;
  const item = walletItem({ id, signer: walletAddress("reader"), target, tags: tagsOf(tags) });
  const time = { timestamp: last.Timestamp, height: last["Block-Height"] };
  return scheduledMessage(item, { nonce: last.Nonce! + 1, hashChain: identifier(number), time });
}
