/** A small world for tests: AO token, ledger and mint on a network, with short ways to send, ask and read. */
import { walletAddress } from "../../units/address.ts";
import { spawnCore, type Core, type CoreOptions } from "../../units/core.ts";
import { tagsOf, tagValue, type ComputeResult, type Tag } from "../../units/message.ts";
import { createNetwork, type Network } from "../../units/network.ts";
import type { NetworkOptions } from "../../units/requests.ts";
import { node, coreNames, type ProcessName, type Runtime } from "./runtimes.ts";

export const oracle = walletAddress("oracle");
export const cycle = 300_000;

/** AR at 0.2 and DAI at 0.5, as in the ledger's worked example. */
export const workedTokens = [
  { token: "AR", ticker: "AR", denomination: 12, multiplier: "0.2", oracle },
  { token: "DAI", ticker: "DAI", denomination: 18, multiplier: "0.5", oracle },
];

export interface SceneOptions extends Partial<CoreOptions> {
  readonly runtime?: Runtime;
  readonly network?: NetworkOptions;
  /** Further processes whose modules the network knows, to be spawned later. */
  readonly modules?: readonly ProcessName[];
}

export type TagRecord = Readonly<Record<string, string>>;

export interface Answer {
  readonly data: string;
  readonly tags: readonly Tag[];
}

export interface Scene extends Core {
  readonly network: Network;
  /** Sends a wallet's message, lets the network settle, and gives what the target made of it. */
  readonly send: (
    from: string,
    target: string,
    tags: TagRecord | readonly Tag[],
    data?: string,
  ) => Promise<ComputeResult>;
  /** A dry run's one answer. */
  readonly ask: (target: string, tags: TagRecord) => Promise<Answer>;
  /** Lets cycles pass, with a tick of the mint after each, or one for all. */
  readonly pass: (cycles: number, ticks?: "each" | "once") => Promise<void>;
}

export async function createScene(options: SceneOptions = {}): Promise<Scene> {
  const { runtime = node, modules = [], tokens = workedTokens, ...rest } = options;
  const network = createNetwork(options.network);
  for (const name of [...coreNames, ...modules]) network.module(name, await runtime.factory(name));
  const core = await spawnCore(network, { tokens, ...rest });

  async function send(from: string, target: string, tags: TagRecord | readonly Tag[], data?: string) {
    const list = Array.isArray(tags) ? (tags as readonly Tag[]) : tagsOf(tags as TagRecord);
    const id = network.send({ from, target, tags: list, ...(data === undefined ? {} : { data }) });
    await network.settle();
    const result = network.result(id);
    if (result === undefined) throw new Error(`${tagValue(list, "Action")} was not evaluated`);
    return result;
  }

  return {
    ...core,
    network,
    send,
    async ask(target, tags) {
      const { Error: error, Messages } = await network.dryRun({ target, tags: tagsOf(tags) });
      if (error !== undefined) throw new Error(error);
      const [answer] = Messages;
      if (answer === undefined) throw new Error(`${tags.Action} gave no answer`);
      return { data: answer.Data ?? "", tags: answer.Tags ?? [] };
    },
    async pass(cycles, ticks = "each") {
      const rounds = ticks === "each" ? cycles : 1;
      for (let i = 0; i < rounds; i++) {
        await network.advance((cycles / rounds) * cycle);
        await send(core.owner, core.mint, { Action: "Tick" });
      }
    },
  };
}

/** The actions of the messages that a result sends. */
export function actionsIn(result: ComputeResult): readonly (string | undefined)[] {
  return sentBy(result).map((message) => tagValue(message.Tags ?? [], "Action"));
}

/** The messages that a result sends: without what it publishes, which is for nobody in particular. */
export function sentBy(result: ComputeResult): ComputeResult["Messages"] {
  return result.Messages.filter(({ Target }) => Target !== undefined);
}
