/** Measures the local network from end to end: messages signed, scheduled, evaluated, and their results read. */
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { buildAll } from "../module/build-all.ts";
import { signDataItem } from "./items/data-item.ts";
import {
  arweaveWallet,
  createArweaveKey,
  createEd25519Wallet,
  ethereumWallet,
  type Wallet,
} from "./items/wallet.ts";
import { startNetwork, type LocalNetwork } from "./local-network.ts";
import { tagsOf, type Tag } from "./message.ts";

export interface ThroughputOptions {
  /** How many messages are sent for each figure of throughput. Default: 2000. */
  readonly messages?: number;
  /** How many are under way at a time. Default: 32. */
  readonly concurrency?: number;
  /** How many messages, and dry runs, are sent one by one for the latencies. Default: 200. */
  readonly samples?: number;
}

export interface Rate {
  /** A second. */
  readonly messages: number;
  /** Milliseconds of processor time for each, client and network together: what a busy machine does not change. */
  readonly cpu: number;
}

/** What messages that are not answered come to, of one kind of signature. */
export interface Signed {
  /** From signing to the result that was read. */
  readonly whole: Rate;
  /** The same of messages that were signed before: the network's own work. */
  readonly signedBefore: Rate;
  /** Milliseconds of processor time for a signature, which is the client's. */
  readonly signing: number;
}

/** Milliseconds. */
export interface Latency {
  readonly p50: number;
  readonly p95: number;
}

export interface Throughput {
  readonly ed25519: Signed;
  readonly ethereum: Signed;
  /** RSA of 4096 bits. */
  readonly arweave: Signed;
  /** Signed with Ed25519, and answered: the messenger signs each answer with RSA and pushes it. */
  readonly answered: Rate;
  /** From signing to the result, one message at a time, with Ed25519 and by an Arweave wallet. */
  readonly message: Latency;
  readonly arweaveMessage: Latency;
  readonly dryRun: Latency;
}

type Ask = (method: string, url: string, body?: Uint8Array | string) => Promise<Record<string, unknown>>;

/** node:http with connections that are kept: `fetch` takes several times as long. */
function client(agent: Agent): Ask {
  return (method, url, body) =>
    new Promise((resolve, reject) => {
      const sent = request(url, { method, agent }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const answer = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
          if (response.statusCode! < 300 && answer.Error === undefined) resolve(answer);
          else reject(new Error(JSON.stringify(answer)));
        });
      });
      sent.on("error", reject);
      sent.end(body);
    });
}

/**
 * Spawns a token on a network of its own and sends it transfers, from this process: client and network share it. The
 * keys take some seconds to make, which is not in the figures.
 */
export async function measureThroughput(options: ThroughputOptions = {}): Promise<Throughput> {
  const { messages = 2_000, concurrency = 32, samples = 200 } = options;
  const [built] = await buildAll({ quiet: true, names: ["token"] });
  const [authority, scheduler, key] = await Promise.all([1, 2, 3].map(() => createArweaveKey()));
  const network = await startNetwork({ keys: { authority: authority!, scheduler: scheduler! } });
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  try {
    const run = new Run(network, client(agent));
    const [rsa, fast] = [arweaveWallet(key!), createEd25519Wallet()];
    await run.spawnToken(readFileSync(built!.module.path), fast);
    await burst(() => run.message(fast), 100, concurrency);
    const signed = (wallet: Wallet): Promise<Signed> => measureSigned(run, wallet, messages, concurrency);
    return {
      ed25519: await signed(fast),
      ethereum: await signed(ethereumWallet()),
      arweave: await signed(rsa),
      answered: await burst(() => run.answered(fast), Math.ceil(messages / 4), concurrency),
      message: await latency(samples, () => run.message(fast)),
      arweaveMessage: await latency(samples, () => run.message(rsa)),
      dryRun: await latency(samples, () => run.dryRun()),
    };
  } finally {
    agent.destroy();
    await network.stop();
  }
}

async function measureSigned(
  run: Run,
  wallet: Wallet,
  messages: number,
  concurrency: number,
): Promise<Signed> {
  const items: Uint8Array[] = [];
  const signing = await burst(async () => void items.push(await run.sign(wallet)), messages, concurrency);
  return {
    whole: await burst(() => run.message(wallet), messages, concurrency),
    signedBefore: await burst(() => run.carry(items.pop()!), messages, concurrency),
    signing: signing.cpu,
  };
}

class Run {
  readonly #network: LocalNetwork;
  readonly #ask: Ask;
  #token = "";
  /** Numbers the messages: with Ed25519, equal messages have equal ids. */
  #sent = 0;

  constructor(network: LocalNetwork, ask: Ask) {
    this.#network = network;
    this.#ask = ask;
  }

  async spawnToken(wasm: Uint8Array, wallet: Wallet): Promise<void> {
    const protocol = tagsOf({ "Data-Protocol": "ao", Variant: "ao.TN.1" });
    const module = tagsOf({ Type: "Module", "Module-Format": "wasm32-unknown-emscripten4" });
    const tags = [...protocol, ...module];
    const published = await this.#post(`${this.#network.url}/tx`, { tags, data: wasm }, wallet);
    const parameters = { Name: "AO", Ticker: "AO", Denomination: "12", Cap: "21000000000000000000" };
    const units = { Scheduler: this.#network.scheduler, Authority: this.#network.authority };
    const spawn = tagsOf({ Type: "Process", Module: published.id as string, ...units, ...parameters });
    const item = { tags: [...protocol, ...spawn], data: " " };
    this.#token = (await this.#post(this.#network.units.MU_URL, item, wallet)).id as string;
  }

  /** A message that the token passes over, or, as `Info`, answers. */
  sign(wallet: Wallet, action = "Credit-Notice"): Promise<Uint8Array> {
    const own = tagsOf({ Action: action, Number: String(this.#sent++) });
    const protocol = tagsOf({ "Data-Protocol": "ao", Variant: "ao.TN.1", Type: "Message" });
    return signDataItem({ target: this.#token, tags: [...own, ...protocol], data: " " }, wallet);
  }

  /** A signed message, from the messenger to its result. */
  async carry(item: Uint8Array): Promise<void> {
    const { MU_URL, CU_URL } = this.#network.units;
    const { id } = await this.#ask("POST", MU_URL, item);
    await this.#ask("GET", `${CU_URL}/result/${id as string}?process-id=${this.#token}`);
  }

  /** A message, from signing to its result. */
  async message(wallet: Wallet): Promise<void> {
    await this.carry(await this.sign(wallet));
  }

  /** A message, from signing until all answers are pushed, those of others too. */
  async answered(wallet: Wallet): Promise<void> {
    await this.carry(await this.sign(wallet, "Info"));
    await this.#network.settle(60_000);
  }

  async dryRun(): Promise<void> {
    const tags = tagsOf({ Action: "Info", "Data-Protocol": "ao", Type: "Message", Variant: "ao.TN.1" });
    const message = { Id: "1234", Owner: "1234", Target: this.#token, Data: "1234", Anchor: "0", Tags: tags };
    const url = `${this.#network.units.CU_URL}/dry-run?process-id=${this.#token}`;
    await this.#ask("POST", url, JSON.stringify(message));
  }

  async #post(
    url: string,
    item: { readonly target?: string; readonly tags: readonly Tag[]; readonly data: string | Uint8Array },
    wallet: Wallet,
  ): Promise<Record<string, unknown>> {
    return this.#ask("POST", url, await signDataItem(item, wallet));
  }
}

/** Does something so many times, so many at a time. */
async function burst(action: () => Promise<void>, count: number, concurrency: number): Promise<Rate> {
  const [start, usage] = [performance.now(), process.cpuUsage()];
  let begun = 0;
  const actor = async (): Promise<void> => {
    while (begun++ < count) await action();
  };
  await Promise.all(Array.from({ length: concurrency }, actor));
  const { user, system } = process.cpuUsage(usage);
  return {
    messages: Math.round(count / ((performance.now() - start) / 1_000)),
    cpu: Number(((user + system) / 1_000 / count).toFixed(2)),
  };
}

async function latency(samples: number, action: () => Promise<void>): Promise<Latency> {
  const times: number[] = [];
  for (let i = 0; i < samples; i++) {
    const start = performance.now();
    await action();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const at = (share: number): number => Number(times[Math.floor(share * (samples - 1))]!.toFixed(2));
  return { p50: at(0.5), p95: at(0.95) };
}
