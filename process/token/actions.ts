/** The token's actions: those of a standard AO token, and a minter's. */
import { batchTransfer } from "../balances/batch-transfer.ts";
import { balance, balances, totalSupply } from "../balances/reads.ts";
import { transfer } from "../balances/transfer.ts";
import { actionsOf, type Process } from "../host/process.ts";
import { refund } from "../payouts/refund.ts";
import { burnOwn, mintNew, setMinter } from "./actions/minting.ts";
import { startToken } from "./parameters.ts";
import { info, publish } from "./actions/reads.ts";
import type { TokenState } from "./state.ts";

export const token: Process<TokenState> = {
  name: "token",
  version: 1,
  start: startToken,
  publish: (state) => publish(state),
  actions: actionsOf<TokenState>(
    [
      ["Info", info],
      ["Balance", balance],
      ["Balances", balances],
      ["Total-Supply", totalSupply],
    ],
    [
      ["Transfer", transfer],
      ["Batch-Transfer", batchTransfer],
      ["Mint", mintNew],
      ["Burn", burnOwn],
      ["Set-Minter", setMinter],
      ["Credit-Notice", (_, message) => refund(message, "A token takes no payments")],
    ],
  ),
};
