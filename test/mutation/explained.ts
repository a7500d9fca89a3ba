/** Faults that no test can see, or that none needs to see: the file and the text, and why. */
export interface Explanation {
  readonly file: string;
  readonly text: string;
  readonly reason: string;
}

export const explained: readonly Explanation[] = [
  {
    file: "process/math/division.ts",
    text: "while (digit >= HALF_LIMB || digit * second > rest * HALF_LIMB + next) {",
    reason: "Equivalent: a guess is at most two too large, and one too large is added back.",
  },
  {
    file: "process/math/division.ts",
    text: "if (length === 1 && lowest < HALF_LIMB)",
    reason: "Equivalent: both ways divide by 10^7 exactly.",
  },
  {
    file: "process/math/apportion.ts",
    text: "if (sum <= total) return",
    reason: "Equivalent: factors that sum to the total are their own proportional parts.",
  },
  {
    file: "process/ledger/snapshots.ts",
    text: "snapshot.arriving = 0;",
    reason: "Equivalent: no page that may be taken has the number of a complete snapshot.",
  },
  {
    file: "process/ledger/wallets.ts",
    text: "if (wallets.idle[wallet] !== undefined) wallets.idle[wallet] = false;",
    reason:
      "Equivalent: whether a wallet is idle is judged at its first report, before which it holds nothing.",
  },
  {
    file: "process/ledger/actions/money.ts",
    text: "credit.sender === state.parameters.id || ",
    reason:
      "Not reachable: a ledger pays nothing to its own address. The check stays, as a loop would have no end.",
  },
  {
    file: "process/fair-launch/emission.ts",
    text: "now < start ? 0 : ",
    reason: "Equivalent: before the start the count of periods is negative, and no round is due either.",
  },
  {
    file: "process/contributions/delegators.ts",
    text: "compare(cumulative, seen[slot]!) <= 0",
    reason: "Costs work only: who adds nothing gets a part of nothing.",
  },
  {
    file: "process/contributions/delegators.ts",
    text: "if (isZero(current[slot]!)) contributions.participants.push(slot);",
    reason: "Costs work only: at its second place a participant has nothing left to be counted.",
  },
  {
    file: "process/fair-launch/rounds.ts",
    text: "if (!nobody || ",
    reason: "Equivalent: where somebody contributed, all of the rollover was given out.",
  },
];
