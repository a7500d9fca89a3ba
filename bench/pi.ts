/** What an index costs, by the number of its assets. */
import { identifier, walletAddress } from "../units/address.ts";
import type { Figures } from "./counts.ts";
import { bundleOf, countingModule, startInstance } from "./instance.ts";
import type { Measure, Row } from "./measures.ts";
import type { ActName } from "./pi-acts.ts";
import { type Costs, MeasuredIndex } from "./pi-subject.ts";
import { ProcessMessages } from "./process-messages.ts";

const subject = "PI, compact module";

/** Launches whose tokens are in the basket beside AO and AR, up to the most that there can be. */
export const indexSizes = [1, 10, 50];

/** Acts of each kind that are timed. */
const sample = 50;

/** What is shown of each act: its measures of microseconds and instructions, and what it is called in budgets. */
const shown = [
  ["quietTick", "tick", "own", "a Tick with nothing due"],
  ["holdings", "holdings", "own", "Get-Holdings"],
  ["mintByValue", "mintByValue", "own", "a mint by value"],
  ["deposit", "deposit", "own", "a deposit in kind, its session and all legs"],
  ["lastLeg", "deposit", "last", "the last leg of a deposit"],
  ["lastLegExcess", "depositExcess", "last", "the last leg of a deposit, the others' excess sent back"],
  ["redeem", "redeem", "own", "a redemption"],
  ["openAuction", "openAuction", "own", "Open-Auction"],
  ["bid", "bid", "own", "a bid"],
] as const;

/** What is compared with others: acts with everything that they cause, in transfers of a token. */
const compared = [
  "mintByValue",
  "deposit",
  "redeem",
  "openAuction",
  "bid",
] as const satisfies readonly ActName[];

/** The rows, and the figures that have a budget: instructions, which are the same in each run. */
export async function measureIndex(): Promise<{ readonly rows: readonly Row[]; readonly figures: Figures }> {
  const module = await countingModule(await bundleOf("pi"));
  const transfer = await countTransfer();
  const rows: Row[] = [];
  let figures: Figures = { "instructions: a token's Transfer": transfer };
  for (const launches of indexSizes) {
    const index = await MeasuredIndex.founded(module, launches);
    const counted = await index.count();
    const values = valuesOf(counted, await index.time(sample), transfer);
    rows.push({ subject, wallets: index.assets, values });
    if (isWatched(launches)) figures = { ...figures, ...figuresOf(counted, index.assets) };
    console.error(`${subject}: ${index.assets} assets`);
  }
  return { rows, figures };
}

/** The smallest and the largest basket have budgets. */
function isWatched(launches: number): boolean {
  return launches === indexSizes[0] || launches === indexSizes.at(-1);
}

function valuesOf(counted: Costs, timed: Costs, transfer: number): Row["values"] {
  const values: Partial<Record<Measure, number>> = {};
  for (const [measure, act, part] of shown) {
    values[measure] = timed[act][part];
    values[`${measure}Count`] = counted[act][part];
  }
  for (const act of compared) {
    const { whole, tokens } = counted[act];
    values[`${act}Transfers`] = whole / transfer + tokens;
  }
  return values;
}

function figuresOf(counted: Costs, assets: number): Figures {
  return Object.fromEntries(
    shown.map(([, act, part, name]) => [`instructions: ${name}, ${assets} assets`, counted[act][part]]),
  );
}

/** Lua's instructions of a token's Transfer, from one who has some to another. */
async function countTransfer(): Promise<number> {
  const [owner, recipient] = ["owner", "recipient"].map((name) => walletAddress(name)) as [string, string];
  const supply = { Name: "Token", Ticker: "TOK", Denomination: "18", "Initial-Supply": `${10n ** 24n}` };
  const messages = new ProcessMessages({
    ...{ name: "token", process: identifier("bench", "token"), owner, parameters: supply },
    ...{ module: identifier("token module"), scheduler: identifier("token scheduler") },
    ...{ authority: walletAddress("authority"), birth: 1_795_200_000_000 },
  });
  const module = await countingModule(await bundleOf("token"));
  const instance = await startInstance(module, messages.environment);
  await instance.accepted(messages.spawn);
  const transfer = { Action: "Transfer", Recipient: recipient, Quantity: "123456789012345678" };
  await instance.accepted(messages.wallet(owner, transfer));
  return instance.count(messages.wallet(owner, transfer));
}
