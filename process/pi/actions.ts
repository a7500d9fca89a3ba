/** The index's actions. */
import { actionsOf, type Process } from "../host/process.ts";
import { answer, debitNotice, mintError, mintResponse, transferError } from "./actions/answers.ts";
import { getAuction, getAuctions, getBatchAuction, getBatchAuctions } from "./actions/auctions.ts";
import { open, openBatchAuction, swapOnPool } from "./actions/auctions.ts";
import { basketAnswer } from "./actions/basket.ts";
import { creditNotice } from "./actions/credits.ts";
import { getSession, openSessionFor, quoteMint, quoteRedeem } from "./actions/deposits.ts";
import { pauseMints, tightenCap } from "./actions/guardian.ts";
import { getHoldings, getYieldTickHistory, info, publish } from "./actions/info.ts";
import { launchAnswer, poolAnswer, setPrice } from "./actions/prices.ts";
import { contributionReport } from "./actions/rounds.ts";
import { claim, sync, tick } from "./actions/tick.ts";
import { startIndex } from "./parameters.ts";
import type { IndexState } from "./state.ts";

export const index: Process<IndexState> = {
  name: "pi",
  version: 1,
  start: startIndex,
  publish,
  actions: actionsOf<IndexState>(
    [
      ["Info", info],
      ["Get-Holdings", getHoldings],
      ["Get-Yield-Tick-History", getYieldTickHistory],
      ["Tick-History", getYieldTickHistory],
      ["Quote-Mint", quoteMint],
      ["Quote-Redeem", quoteRedeem],
      ["Get-Session", getSession],
      ["Get-Auction", getAuction],
      ["Get-Auctions", getAuctions],
      ["Get-Batch-Auction", getBatchAuction],
      ["Get-Batch-Auctions", getBatchAuctions],
    ],
    [
      ["Tick", tick],
      ["Open-Session", openSessionFor],
      ["Open-Auction", open],
      ["Open-Batch-Auction", openBatchAuction],
      ["Swap-On-Pool", swapOnPool],
      ["Sync", sync],
      ["Claim", claim],
      ["Set-Price", setPrice],
      ["Pause-Mints", pauseMints],
      ["Tighten-Cap", tightenCap],
      ["Credit-Notice", creditNotice],
      ["Contribution-Report", contributionReport],
      ["Debit-Notice", debitNotice],
      ["Batch-Debit-Notice", debitNotice],
      ["Burn-Response", debitNotice],
      ["Transfer-Error", transferError],
      ["Burn-Error", transferError],
      ["Mint-Error", mintError],
      ["Mint-Response", mintResponse],
      ["Get-Cumulative-Price-Response", poolAnswer],
      ["Resp-Get-Yield-Tick-History", launchAnswer],
      ["Get-FLPs-Response", basketAnswer],
      ["Info-Response", answer],
      ["Balance-Response", answer],
      // Standard tokens answer without an action.
      ["", answer],
      // What ledgers and pools say of what they did; what counts is the token's word.
      ["Withdraw-Settled", () => []],
      ["Withdraw-Returned", () => []],
      ["Order-Confirmation", () => []],
    ],
  ),
};
