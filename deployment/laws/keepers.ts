/** Who keeps books: the laws by bundle. `verify` judges each process of a deployment by those of its bundle. */
import { judgeFactory } from "./factory.ts";
import { type Judge, judgeOf } from "./law.ts";
import { judgeLaunch } from "./launch.ts";
import { ledgerLaws, readLedger } from "./ledger.ts";
import { mintLaws, readMint } from "./mint.ts";
import { judgeIndex } from "./pi.ts";
import { readToken, tokenLaws } from "./token.ts";

export const keepers: Readonly<Record<string, Judge>> = {
  token: judgeOf(readToken, tokenLaws),
  ledger: judgeOf(readLedger, ledgerLaws),
  mint: judgeOf(readMint, mintLaws),
  "fair-launch": judgeLaunch,
  "fair-launch-factory": judgeFactory,
  pi: judgeIndex,
};
