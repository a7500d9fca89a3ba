/** The token's actions: those of a standard AO token, and a minter's. */
import { actionsOf, type Process } from "../host/process.ts";
import { refund } from "../payouts/refund.ts";
import { batchTransfer } from "./actions/batch-transfer.ts";
import { burnOwn, mintNew, setMinter } from "./actions/minting.ts";
import { startToken } from "./parameters.ts";
import { balance, balances, info, publish, totalSupply } from "./actions/reads.ts";
import type { TokenState } from "./state.ts";
import { transfer } from "./actions/transfer.ts";

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
