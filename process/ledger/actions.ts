/** The ledger's actions. */
import { actionsOf, type Process } from "../host/process.ts";
import { setDelegation, setDelegations } from "./actions/delegate.ts";
import { setBalances, setMultiplier } from "./actions/holdings.ts";
import { info, publish } from "./actions/info.ts";
import { audit, getContributions, getCycles, getDelegationMappings } from "./actions/lists.ts";
import { getDelegators, getTotalDelegated } from "./actions/lists.ts";
import { balanceResponse, creditNotice, debitNotice, transferError, withdraw } from "./actions/money.ts";
import { reportContributions } from "./actions/report.ts";
import { setMint, tick } from "./actions/upkeep.ts";
import { getDelegations, getWeights, getYield } from "./actions/wallet-reads.ts";
import { startLedger } from "./parameters.ts";
import type { LedgerState } from "./state.ts";

export const ledger: Process<LedgerState> = {
  name: "ledger",
  version: 1,
  start: startLedger,
  publish: (state, first) => publish(state, first),
  actions: actionsOf<LedgerState>(
    [
      ["Info", info],
      ["Get-Delegations", getDelegations],
      ["Get-Delegators", getDelegators],
      ["Get-Weights", getWeights],
      ["Get-Yield", getYield],
      ["Get-Contributions", getContributions],
      ["Get-Delegation-Mappings", getDelegationMappings],
      ["Get-Total-Delegated-AO-By-Project", getTotalDelegated],
      ["Get-Cycles", getCycles],
      ["Report-Contributions", reportContributions],
      ["Audit", audit],
    ],
    [
      ["Set-Delegation", setDelegation],
      ["Set-Delegations", setDelegations],
      ["Set-Balances", setBalances],
      ["Set-Multiplier", setMultiplier],
      ["Withdraw", withdraw],
      ["Tick", tick],
      ["Set-Mint", setMint],
      ["Credit-Notice", creditNotice],
      ["Debit-Notice", debitNotice],
      ["Transfer-Error", transferError],
      ["Balance-Response", balanceResponse],
      // A standard token answers Balance without an action.
      ["", balanceResponse],
    ],
  ),
};
