/** Set Protocol on an Ethereum chain: how an index of tokens costs there what it costs here. */
import type { Row } from "../measures.ts";
import { hasEvm, startChain } from "./evm.ts";
import { measureAuctions } from "./set-auctions.ts";
import { measureIssuance } from "./set-issuance.ts";

/** Gas, and the same in transfers of a token; a row a number of tokens, and one of an auction. None where there is no chain. */
export async function measureSet(): Promise<Row[]> {
  if (!hasEvm()) {
    console.error("Set Protocol: left out, as there is no Ethereum chain for this machine");
    return [];
  }
  const chain = await startChain();
  return [...(await measureIssuance(chain)), await measureAuctions(chain)];
}
