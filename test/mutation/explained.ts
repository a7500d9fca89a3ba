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
];
