/** The figures of an index that the laws compare, copied before and after each step. */
import { accountedFor } from "../../process/pi/books.ts";
import { bookBalance } from "../../process/payouts/till.ts";
import { type Bounds, boundsAt } from "./index-model.ts";
import type { Play } from "./index-play.ts";
import { big, one, places } from "./index-subject.ts";
import type { World } from "./index-world.ts";

export interface Book {
  readonly backing: bigint;
  readonly reserved: bigint;
  readonly deposits: bigint;
  readonly escrow: bigint;
  readonly waiting: bigint;
  readonly received: bigint;
  readonly accounted: bigint;
  readonly balance: bigint;
}

/** The figures that the laws compare, copied. */
export interface Figures {
  readonly supply: bigint;
  readonly minted: bigint;
  readonly paused: boolean;
  readonly books: ReadonlyMap<string, Book>;
  readonly bounds: ReadonlyMap<string, Bounds | undefined>;
  /** What retired tokens count at, at most. */
  readonly ceilings: ReadonlyMap<string, bigint>;
  readonly auctions: readonly {
    readonly left: bigint;
    readonly sold: bigint;
    readonly bought: bigint;
    readonly wanted: bigint;
    readonly open: boolean;
  }[];
  readonly legs: Readonly<Record<string, ReadonlyMap<string, bigint>>>;
  readonly room: bigint;
}

export function figuresOf(world: World, play: Play): Figures {
  const state = world.subject.state();
  const now = world.subject.now();
  const books = new Map(
    state.assets.map((asset) => [
      asset.token,
      {
        ...{ backing: big(asset.backing), reserved: big(asset.reserved), deposits: big(asset.deposits) },
        ...{ escrow: big(asset.escrow), waiting: big(asset.waiting), received: big(asset.till.received) },
        ...{ accounted: big(accountedFor(asset)), balance: big(bookBalance(asset.till)) },
      },
    ]),
  );
  const bounds = new Map<string, Bounds | undefined>([[places.ao, { price: one, low: one, high: one }]]);
  // Two feeds of one mind outvote what a batch has cleared at.
  for (const [token, quoted] of play.quotes)
    bounds.set(token, boundsAt(quoted, now, play.agreed ? undefined : play.cleared.get(token)));
  const ceilings = new Map(
    state.assets.flatMap(({ token, kind, listed, ceiling }) =>
      kind === "launch" && !listed && bounds.get(token) === undefined ? [[token, big(ceiling)] as const] : [],
    ),
  );
  const auctions = state.auctions.map((auction) => ({
    ...{ left: big(auction.left), sold: big(auction.sold), open: auction.open },
    ...{ bought: big(auction.bought), wanted: big(auction.wanted) },
  }));
  const legs = Object.fromEntries(
    Object.values(state.sessions).map((session) => [
      session.id,
      new Map(Object.entries(session.legs).map(([token, leg]) => [token, big(leg)])),
    ]),
  );
  const room = slippageRoom(world.subject.ask({ Action: "Get-Holdings" }).data);
  return {
    ...{ supply: big(state.supply), minted: big(state.minted), books, bounds, ceilings, auctions },
    ...{ legs, room },
    paused: state.pausedUntil > now,
  };
}

function slippageRoom(holdings: string): bigint {
  return BigInt((JSON.parse(holdings) as { slippageRoom: string }).slippageRoom);
}
