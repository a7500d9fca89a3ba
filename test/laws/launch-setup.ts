/** The launches that histories are played to: their terms, drawn, and the spawn tags that say them. */
import fc from "fast-check";
import { ethereumAddress, identifier, walletAddress } from "../../units/address.ts";

export const day = 86_400_000;
export const hour = 3_600_000;
/** When the launch process is spawned. */
export const birth = 1_800_000_000_000;

export const places = {
  owner: walletAddress("owner"),
  factory: identifier("factory"),
  authority: identifier("authority"),
  launch: identifier("launch"),
  module: identifier("module"),
  token: identifier("team token"),
  ao: identifier("ao"),
  pi: identifier("pi"),
  index: identifier("index"),
  foreign: identifier("another token"),
  ledgers: [identifier("ledger 0"), identifier("ledger 1")] as readonly string[],
  deployer: walletAddress("deployer"),
  treasury: walletAddress("treasury"),
  team: walletAddress("team"),
  stranger: walletAddress("stranger"),
  forger: walletAddress("forger"),
};

/** Who may delegate: accounts of both kinds, as every process spells them. */
export const people = Array.from({ length: 9 }, (_, i) =>
  i % 4 === 3 ? ethereumAddress(`person ${i}`).toLowerCase() : walletAddress(`person ${i}`),
);

export interface Setup {
  /** Smallest units to give out; undefined where a share is. */
  readonly amount: bigint | undefined;
  /** Of the supply. */
  readonly percent: string;
  readonly supply: bigint;
  readonly factor: string;
  readonly periods: number;
  readonly grace: number;
  /** When it starts, after its spawn. */
  readonly delay: number;
  /** Whether the deployer says that the token takes batches. */
  readonly batches: boolean;
  /** Whether the team's token, and AO, number transfers. */
  readonly numbered: boolean;
  readonly aoNumbered: boolean;
  readonly ledgers: 1 | 2;
  /** The index's part of the proceeds; "" without an index. */
  readonly indexPercent: string;
  /** What one message may do: small, so that a round takes several. */
  readonly slices: { readonly parts: number; readonly rows: number; readonly batches: number };
}

const amounts = fc.oneof(
  fc.bigInt(1n, 12n),
  fc.bigInt(100n, 100_000n),
  fc.bigInt(1n, 10n ** 18n),
  fc.constantFrom(10n ** 36n - 1n, 10n ** 24n),
);

export const setups: fc.Arbitrary<Setup> = fc.record({
  amount: fc.option(amounts, { nil: undefined, freq: 3 }),
  percent: fc.constantFrom("10", "100", "33.333333333333333333", "0.000000000000000001"),
  supply: fc.oneof(amounts, fc.constant(10n ** 37n - 1n)),
  factor: fc.constantFrom(
    ...["0.9", "0.95", "0.5", "0.1", "0.9944"],
    ...["0.000000000000000001", "0.999999999999999999", "0.333333333333333333"],
  ),
  periods: fc.constantFrom(1, 2, 3, 5, 8, 13, 30),
  grace: fc.constantFrom(0, 1, 2, 7),
  delay: fc.constantFrom(0, 0, hour, day + 1),
  batches: fc.boolean(),
  numbered: fc.boolean(),
  aoNumbered: fc.constantFrom(true, true, false),
  ledgers: fc.constantFrom(1 as const, 1 as const, 2 as const),
  indexPercent: fc.constantFrom("", "", "0", "10", "33.3", "100"),
  slices: fc.record({
    parts: fc.constantFrom(1, 2, 5_000),
    rows: fc.constantFrom(1, 2, 1_000),
    batches: fc.constantFrom(1, 2, 10),
  }),
});

/** A decimal times 10^18. */
export function scaled(text: string): bigint {
  const [whole, fraction = ""] = text.split(".");
  return BigInt(whole!) * 10n ** 18n + BigInt(fraction.padEnd(18, "0"));
}

/** floor(allocation · (1 − r^n) / (1 − r^N)), in whole numbers alone. */
export function emittedExactly(allocation: bigint, factor: string, periods: number, period: number): bigint {
  if (period <= 0) return 0n;
  if (period >= periods) return allocation;
  const [r, one] = [scaled(factor), 10n ** 18n];
  const [n, all] = [BigInt(period), BigInt(periods)];
  return (allocation * (one ** n - r ** n) * one ** (all - n)) / (one ** all - r ** all);
}

export function spawnTags(setup: Setup): Readonly<Record<string, string>> {
  const { amount, percent, indexPercent } = setup;
  const index = { "PI-Process": places.index, "PI-Token-Process": places.pi, "PI-Share": indexPercent };
  return {
    Authority: places.authority,
    "Flp-Factory": places.factory,
    Name: "A launch",
    Deployer: places.deployer,
    Treasury: places.treasury,
    "Token-Process": places.token,
    ...(amount === undefined ? { "Token-Share": percent } : { "Token-Supply": `${amount}` }),
    "Decay-Factor": setup.factor,
    Duration: `${setup.periods}`,
    "Starts-At-Timestamp": `${birth + setup.delay}`,
    "Grace-Days": `${setup.grace}`,
    "Are-Batch-Transfers-Possible": `${setup.batches}`,
    "AO-Token": places.ao,
    Ledgers: JSON.stringify(places.ledgers.slice(0, setup.ledgers)),
    "Numbered-Transfers": `${setup.aoNumbered}`,
    ...(indexPercent === "" ? {} : index),
  };
}
