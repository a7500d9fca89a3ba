/** The pool's actions: those of its shares, which are a standard token, and those of a pool. */
import { batchTransfer } from "../balances/batch-transfer.ts";
import { balance, balances, totalSupply } from "../balances/reads.ts";
import { transfer } from "../balances/transfer.ts";
import { actionsOf, type Process } from "../host/process.ts";
import { creditNotice } from "./actions/credit.ts";
import { info, publish } from "./actions/info.ts";
import { getClaimable, getCumulativePrice, getFeePercentage, getK, getPair } from "./actions/reads.ts";
import { getPendingProvides, getPrice, getReserves, getSwapOutput } from "./actions/reads.ts";
import { burn, cancel, claim } from "./actions/shares.ts";
import { debitNotice, tick, transferError } from "./actions/upkeep.ts";
import { startPool } from "./parameters.ts";
import type { PoolState } from "./state.ts";

export const pool: Process<PoolState> = {
  name: "pool",
  version: 1,
  start: startPool,
  publish: (state, first) => publish(state, first),
  actions: actionsOf<PoolState>(
    [
      ["Info", info],
      ["Balance", balance],
      ["Balances", balances],
      ["Total-Supply", totalSupply],
      ["Get-Pair", getPair],
      ["Get-Reserves", getReserves],
      ["Get-K", getK],
      ["Get-Fee-Percentage", getFeePercentage],
      ["Get-Price", getPrice],
      ["Get-Swap-Output", getSwapOutput],
      ["Get-Cumulative-Price", getCumulativePrice],
      ["Get-Pending-Provides", getPendingProvides],
      ["Get-Claimable", getClaimable],
    ],
    [
      ["Transfer", transfer],
      ["Batch-Transfer", batchTransfer],
      ["Burn", burn],
      ["Cancel", cancel],
      ["Claim", claim],
      ["Tick", tick],
      ["Credit-Notice", creditNotice],
      ["Debit-Notice", debitNotice],
      ["Transfer-Error", transferError],
    ],
  ),
};
