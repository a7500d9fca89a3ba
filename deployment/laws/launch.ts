/** A fair launch's books: its token, delegator by delegator, and its AO, both beside what the tokens say. */
import type { Answer, Ask } from "../units.ts";
import { type Judge, judgeOf, type Law, type Read } from "./law.ts";

/** Smallest units, of the launch's token and of AO. */
export interface LaunchBooks {
  readonly status: string;
  readonly isFunded: boolean;
  /** Undefined while a share's supply is not known. */
  readonly allocation: bigint | undefined;
  readonly distributed: bigint;
  readonly rollover: bigint;
  readonly notYetEmitted: bigint;
  readonly returned: bigint;
  readonly claimable: bigint;
  readonly underWay: bigint;
  readonly unconfirmed: bigint;
  readonly paid: bigint;
  readonly period: bigint;
  readonly periods: bigint;
  /** Added up delegator by delegator, and how many they are. */
  readonly credited: bigint;
  readonly claimableOfAll: bigint;
  readonly delegators: bigint;
  readonly delegatorsTold: bigint;
  /** What the token says that the launch has, undefined where it does not say; and what the launch's books say. */
  readonly tokenBalance: bigint | undefined;
  readonly tokenBook: bigint;
  readonly received: bigint;
  readonly cameBack: bigint;
  readonly forwarded: bigint;
  readonly exchanged: bigint;
  readonly waiting: bigint;
  readonly aoUnderWay: bigint;
  readonly aoBalance: bigint | undefined;
  readonly aoBook: bigint;
}

/** Reads the delegators page by page. Asks both tokens, too. */
export const readLaunch: Read<LaunchBooks> = async (ask, launch) => {
  const { tag } = await ask(launch, { Action: "Info" });
  const figure = (name: string): bigint => BigInt(tag(name));
  return {
    status: tag("Status"),
    isFunded: tag("Funded-By") !== "",
    allocation: tag("Token-Supply-To-Use") === "" ? undefined : figure("Token-Supply-To-Use"),
    distributed: figure("Distributed-Quantity"),
    rollover: figure("Rollover"),
    notYetEmitted: figure("Not-Yet-Emitted"),
    returned: figure("Returned"),
    claimable: figure("Claimable"),
    underWay: figure("Under-Way"),
    unconfirmed: figure("Unconfirmed"),
    paid: figure("Paid"),
    period: figure("Distribution-Tick"),
    periods: figure("Total-Distribution-Ticks"),
    ...(await readDelegators(ask, launch)),
    delegatorsTold: figure("Delegators"),
    tokenBalance: await balanceOf(ask, tag("Token-Process"), launch),
    tokenBook: figure("Token-Book-Balance"),
    received: figure("Accumulated-Quantity"),
    cameBack: figure("Came-Back"),
    forwarded: figure("Withdrawn-Quantity"),
    exchanged: figure("Exchanged-For-Pi-Quantity"),
    waiting: figure("Waiting"),
    aoUnderWay: figure("AO-Under-Way"),
    aoBalance: await balanceOf(ask, tag("AO-Token"), launch),
    aoBook: figure("AO-Book-Balance"),
  };
};

interface DelegatorPage {
  readonly items: readonly { readonly credited: string; readonly claimable: string }[];
  readonly nextCursor: string | null;
}

async function readDelegators(ask: Ask, launch: string) {
  let [credited, claimableOfAll, delegators] = [0n, 0n, 0n];
  for (let cursor: string | null = "0"; cursor !== null;) {
    const { data }: Answer = await ask(launch, {
      Action: "Get-Contributions",
      Cursor: cursor,
      Limit: "1000",
    });
    const page = JSON.parse(data) as DelegatorPage;
    for (const item of page.items) {
      credited += BigInt(item.credited);
      claimableOfAll += BigInt(item.claimable);
      delegators += 1n;
    }
    cursor = page.nextCursor;
  }
  return { credited, claimableOfAll, delegators };
}

/** Anybody's token can be launched: one that does not answer, or not with an amount, says nothing. */
async function balanceOf(ask: Ask, token: string, account: string): Promise<bigint | undefined> {
  try {
    const { data } = await ask(token, { Action: "Balance", Recipient: account });
    return /^\d{1,38}$/.test(data) ? BigInt(data) : undefined;
  } catch {
    return undefined;
  }
}

export const launchLaws: readonly Law<LaunchBooks>[] = [
  {
    name: "FL1 distributed + rollover + not yet emitted + returned = allocation",
    left: [
      "distributed + rollover + not yet emitted + returned",
      ({ distributed, rollover, notYetEmitted, returned }) =>
        distributed + rollover + notYetEmitted + returned,
    ],
    is: "=",
    right: ["the allocation", ({ allocation }) => allocation ?? 0n],
  },
  {
    name: "FL2 nothing is left to emit from the last period on",
    left: [
      "what is left to emit after the last period",
      ({ period, periods, notYetEmitted }) => (period < periods ? 0n : notYetEmitted),
    ],
    is: "=",
    right: ["what should be", () => 0n],
  },
  {
    name: "FL2 no more periods than there are",
    left: ["the periods given out", ({ period }) => period],
    is: "≤",
    right: ["all periods", ({ periods }) => periods],
  },
  {
    name: "FL4 nothing is given out without funding",
    left: [
      "distributed without funding",
      ({ isFunded, distributed, paid }) => (isFunded ? 0n : distributed + paid),
    ],
    is: "=",
    right: ["what should be", () => 0n],
  },
  {
    name: "FL5 Σ credited = distributed",
    left: ["credited to delegators", ({ credited }) => credited],
    is: "=",
    right: ["distributed", ({ distributed }) => distributed],
  },
  {
    name: "FL8 Σ claimable of accounts = claimable",
    left: ["claimable by accounts", ({ claimableOfAll }) => claimableOfAll],
    is: "=",
    right: ["claimable", ({ claimable }) => claimable],
  },
  {
    name: "delegators are counted",
    left: ["the launch's count", ({ delegatorsTold }) => delegatorsTold],
    is: "=",
    right: ["the number of delegators", ({ delegators }) => delegators],
  },
  {
    name: "CR2 distributed + returned = claimable + under way + paid",
    left: [
      "distributed + returned",
      ({ isFunded, distributed, returned }) => (isFunded ? distributed + returned : 0n),
    ],
    is: "=",
    right: ["claimable + under way + paid", ({ claimable, underWay, paid }) => claimable + underWay + paid],
  },
  {
    // The token may have carried out a payout of which the launch does not know yet.
    name: "the launch has the tokens that it owes",
    left: [
      "owed: claimable, rollover, not yet emitted",
      ({ isFunded, claimable, rollover, notYetEmitted }) =>
        isFunded ? claimable + rollover + notYetEmitted : 0n,
    ],
    is: "≤",
    right: ["the launch's balance", ({ tokenBalance, tokenBook }) => tokenBalance ?? tokenBook],
  },
  {
    name: "FL9 AO received = forwarded + exchanged + waiting + under way",
    left: ["received, and come back from the index", ({ received, cameBack }) => received + cameBack],
    is: "=",
    right: [
      "forwarded + exchanged + waiting + under way",
      ({ forwarded, exchanged, waiting, aoUnderWay }) => forwarded + exchanged + waiting + aoUnderWay,
    ],
  },
  {
    name: "the launch has the AO that waits",
    left: ["waiting", ({ waiting }) => waiting],
    is: "≤",
    right: ["the launch's AO", ({ aoBalance, aoBook }) => aoBalance ?? aoBook],
  },
  {
    name: "FL11 what is over has nothing left to give out",
    left: [
      "rollover and not yet emitted of what is over",
      ({ status, rollover, notYetEmitted }) =>
        status === "Ended" || status === "Cancelled" ? rollover + notYetEmitted : 0n,
    ],
    is: "=",
    right: ["what should be", () => 0n],
  },
];

/** Laws of a launch to which nobody sends anything, and of which every deadline has passed, with tokens that number transfers. */
export const launchAtRest: readonly Law<LaunchBooks>[] = [
  {
    name: "MS5 nothing stays pending or unconfirmed",
    left: [
      "under way, unconfirmed, AO under way",
      ({ underWay, unconfirmed, aoUnderWay }) => underWay + unconfirmed + aoUnderWay,
    ],
    is: "=",
    right: ["what should be", () => 0n],
  },
  {
    name: "the launch's book = what the token says that it has",
    left: ["the launch's book", ({ tokenBook }) => tokenBook],
    is: "=",
    right: ["its balance", ({ tokenBalance, tokenBook }) => tokenBalance ?? tokenBook],
  },
  {
    name: "the launch's book of AO = what the token says that it has",
    left: ["the launch's book of AO", ({ aoBook }) => aoBook],
    is: "=",
    right: ["its balance of AO", ({ aoBalance, aoBook }) => aoBalance ?? aoBook],
  },
];

export const judgeLaunch: Judge = judgeOf(readLaunch, launchLaws);
