/** The index's books: every asset of the basket as the index has it and as its token says, and PI. */
import { type Finding, findings, type Judge, type Law, type Read } from "./law.ts";

/** One asset; smallest units. */
interface AssetBooks {
  readonly accountedFor: bigint;
  readonly bookBalance: bigint;
  readonly backing: bigint;
  readonly reserved: bigint;
  /** What is nobody's claim yet, nor on its way: it must be there whatever comes of the rest. */
  readonly uncommitted: bigint;
  /** What the asset's token says that the index has. */
  readonly balance: bigint;
}

const assetLaws: readonly Law<AssetBooks>[] = [
  {
    name: "what came − what left = where it is",
    left: ["what came and did not leave", ({ bookBalance }) => bookBalance],
    is: "=",
    right: ["backing, deposits, escrow, waiting and what is owed", ({ accountedFor }) => accountedFor],
  },
  {
    name: "IX3 held ≥ reserved + owed",
    left: ["reserved", ({ reserved }) => reserved],
    is: "≤",
    right: ["the holders' backing", ({ backing }) => backing],
  },
  {
    name: "what is the holders' is there",
    left: ["what is not under way", ({ uncommitted }) => uncommitted],
    is: "≤",
    right: ["the token's word", ({ balance }) => balance],
  },
];

/** PI, by the index and by its token. */
export interface PiBooks {
  readonly supply: bigint;
  /** Minted, and not confirmed by the token yet. */
  readonly unconfirmed: bigint;
  readonly tokenSupply: bigint;
}

const piLaws: readonly Law<PiBooks>[] = [
  {
    name: "IX4 supply = Σ balances, but for what is under way",
    left: ["the supply without what is not confirmed", ({ supply, unconfirmed }) => supply - unconfirmed],
    is: "≤",
    right: ["the PI token's supply", ({ tokenSupply }) => tokenSupply],
  },
];

/** The same at rest: nothing is under way. */
export const piAtRest: readonly Law<PiBooks>[] = [
  {
    name: "IX4 supply = Σ balances",
    left: ["the index's supply", ({ supply }) => supply],
    is: "=",
    right: ["the PI token's supply", ({ tokenSupply }) => tokenSupply],
  },
];

interface AssetRow {
  readonly asset: string;
  readonly ticker: string;
  readonly accountedFor: string;
  readonly bookBalance: string;
  readonly backing: string;
  readonly reserved: string;
  readonly owed: string;
}

/** Judges every asset of the basket, and PI. A token that does not answer is told of as a law that can't be judged. */
export const judgeIndex: Judge = async (ask, index, known) => {
  const found: Finding[] = [];
  const { assets } = JSON.parse((await ask(index, { Action: "Get-Holdings" })).data) as {
    assets: readonly AssetRow[];
  };
  for (const row of assets) {
    const balance = await ask(row.asset, { Action: "Balance", Recipient: index });
    const books: AssetBooks = {
      accountedFor: BigInt(row.accountedFor),
      bookBalance: BigInt(row.bookBalance),
      backing: BigInt(row.backing),
      reserved: BigInt(row.reserved),
      uncommitted: BigInt(row.bookBalance) - BigInt(row.owed),
      balance: BigInt(balance.data),
    };
    for (const finding of findings(assetLaws, books)) {
      found.push({ ...finding, law: `${row.ticker}: ${finding.law}` });
    }
  }
  return [...found, ...findings(piLaws, await readPi(ask, index, known))];
};

/** PI by the index and by its token. */
export const readPi: Read<PiBooks> = async (ask, index) => {
  const { tag } = await ask(index, { Action: "Info" });
  const token = await ask(tag("PI-Token-Process"), { Action: "Info" });
  return {
    supply: BigInt(tag("Supply")),
    unconfirmed: BigInt(tag("Minted")) - BigInt(tag("Minted-Confirmed")),
    tokenSupply: BigInt(token.tag("Supply")),
  };
};
