/** A mint on the Node host, with the test's hand on its clock. */
import { nodeHost, type NodeResult } from "../../process/host/node.ts";
import { mint } from "../../process/mint/actions.ts";
import type { MintState } from "../../process/mint/state.ts";
import { identifier, walletAddress } from "../../units/address.ts";
import { tagsOf, tagValue } from "../../units/message.ts";

export const start = Date.parse("2024-02-27T18:00:00Z");
export const cycleTime = 300_000;
export const [first, second] = [identifier("first ledger"), identifier("second ledger")];
const token = identifier("token");
const anybody = walletAddress("anybody");

export interface Era {
  readonly from: number;
  readonly shares: readonly { readonly ledger: string; readonly share: string }[];
}

/** What one tick told the token to mint. */
export interface MintOrder {
  readonly ledger: string;
  readonly quantity: bigint;
  readonly cycle: number;
  readonly cumulative: bigint;
}

export interface MintHost {
  readonly state: () => MintState;
  readonly post: (
    action: string,
    tags: Readonly<Record<string, string>>,
    time: number,
    cron?: boolean,
  ) => NodeResult;
  /** A tick at a time, in milliseconds, and what it ordered. */
  readonly tick: (time: number, cron?: boolean) => readonly MintOrder[];
  readonly emission: (cycle: number) => { readonly reward: string; readonly minted: string };
}

export const oneLedger: readonly Era[] = [{ from: 0, shares: [{ ledger: first, share: "1" }] }];

export function mintHost(
  eras: readonly Era[] = oneLedger,
  tags: Readonly<Record<string, string>> = {},
): MintHost {
  const host = nodeHost(mint);
  const parameters = {
    "Token-Process": token,
    "Start-Timestamp": `${start}`,
    Ledgers: JSON.stringify(eras),
    ...tags,
  };
  const id = identifier("mint");
  const environment = {
    Process: { Id: id, Owner: anybody, Tags: tagsOf(parameters) },
    Module: { Id: identifier("module") },
  };
  let count = 0;

  const post: MintHost["post"] = (action, more, time, cron = false) => {
    count += 1;
    const from = { Owner: anybody, From: anybody, Target: id, Timestamp: time };
    const own = cron ? { Cron: true } : { Id: identifier("message", count) };
    return host.handle({ ...from, ...own, Tags: tagsOf({ Action: action, ...more }) }, environment);
  };

  return {
    state: () => host.kept()!.state,
    post,
    tick: (time, cron) =>
      post("Tick", {}, time, cron).Messages.flatMap(({ Tags }) => {
        const read = (name: string): string => tagValue(Tags, name)!;
        if (read("Action") !== "Mint") return [];
        const cumulative = BigInt(read("X-Cumulative"));
        const cycle = Number(read("X-Cycle"));
        return [{ ledger: read("Recipient"), quantity: BigInt(read("Quantity")), cycle, cumulative }];
      }),
    emission(cycle) {
      const { Error: error, Messages } = post("Get-Emission", { Cycle: `${cycle}` }, start);
      if (error !== undefined) throw new Error(error);
      return JSON.parse(Messages[0]!.Data) as { reward: string; minted: string };
    },
  };
}

/** The specification's emission, cycle by cycle: what is minted after so many cycles. */
export function emitted(cycles: number): bigint {
  let minted = 0n;
  for (let i = 0; i < cycles; i++)
    minted += ((21_000_000_000_000_000_000n - minted) * 1_647_321_875n) / 10n ** 15n;
  return minted;
}
