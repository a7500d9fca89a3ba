/** The simplest ledger there is: one token at weight one, every policy at its default or off. */
import type { Rules } from "./model.ts";
import { addresses } from "./subject.ts";

export const plainRules: Rules = {
  policies: {
    overDelegation: "normalise",
    defaultTarget: undefined,
    fanOut: 10,
    smallestFraction: 100,
    allowCycles: false,
    deepestChain: 0,
    smallestBaseWeight: 0n,
    changeFee: 0n,
  },
  classes: [1n],
  tokens: [{ id: "AR", denomination: 12, tokenClass: 0, multiplier: 10n ** 18n }],
  oracle: addresses.oracle,
  governor: addresses.governor,
  ledger: addresses.ledger,
};
