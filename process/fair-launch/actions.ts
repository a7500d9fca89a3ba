/** A fair launch's actions. */
import { actionsOf, type Process } from "../host/process.ts";
import { answer, debitNotice, transferError } from "./actions/answers.ts";
import { cancel } from "./actions/cancel.ts";
import { creditNotice } from "./actions/credits.ts";
import { info, publish } from "./actions/info.ts";
import {
  getAoProceeds,
  getClaimableBalance,
  getContributions,
  getEmissionSchedule,
} from "./actions/reads.ts";
import { getPiProceeds, getWithdrawableAo, getWithdrawablePi, getYieldTickHistory } from "./actions/reads.ts";
import { reportToFactory } from "./actions/report.ts";
import { contributionReport } from "./actions/rounds.ts";
import { tick } from "./actions/tick.ts";
import { claim, withdrawAo, withdrawPi } from "./actions/withdrawals.ts";
import { startLaunch } from "./parameters.ts";
import type { LaunchState } from "./state.ts";

export const fairLaunch: Process<LaunchState> = {
  name: "fair launch",
  version: 1,
  // From the first message on nobody can change what it does.
  ownerless: true,
  start: startLaunch,
  publish: (state, first) => publish(state, first),
  actions: actionsOf<LaunchState>(
    [
      ["Info", info],
      ["Get-Claimable-Balance", getClaimableBalance],
      ["Get-Yield-Tick-History", getYieldTickHistory],
      ["Get-Emission-Schedule", getEmissionSchedule],
      ["Get-Withdrawable-AO", getWithdrawableAo],
      ["Get-Withdrawable-PI", getWithdrawablePi],
      ["Get-AO-Proceeds", getAoProceeds],
      ["Get-PI-Proceeds", getPiProceeds],
      ["Get-Contributions", getContributions],
    ],
    [
      ["Tick", tick],
      ["Cancel", cancel],
      ["Withdraw-FLP-Token", claim],
      ["Withdraw-AO", withdrawAo],
      ["Withdraw-PI", withdrawPi],
      ["Report-To-Factory", reportToFactory],
      ["Contribution-Report", contributionReport],
      ["Credit-Notice", creditNotice],
      ["Debit-Notice", debitNotice],
      ["Batch-Debit-Notice", debitNotice],
      ["Transfer-Error", transferError],
      ["Info-Response", answer],
      ["Total-Supply", answer],
      ["Total-Supply-Response", answer],
      ["Balance-Response", answer],
      // Standard tokens answer without an action.
      ["", answer],
      // The ledger's word on a payment; what counts is the token's.
      ["Withdraw-Settled", () => []],
      ["Withdraw-Returned", () => []],
    ],
  ),
};
