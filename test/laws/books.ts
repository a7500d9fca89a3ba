/** The books of token, mint and ledger on a network, read by messages, and whether they agree. */
import assert from "node:assert/strict";
import { walletAddress } from "../../units/address.ts";
import { tagsOf, tagValue } from "../../units/message.ts";
import type { Scene } from "../scene/scene.ts";

const UNIT = 10n ** 42n;

/** Where a wallet has its withdrawals sent: nothing else ever comes there. */
export function vaultOf(wallet: string): string {
  return walletAddress(`vault of ${wallet}`);
}

export async function balanceOf({ ask, token }: Scene, account: string): Promise<bigint> {
  return BigInt(tagValue((await ask(token, { Action: "Balance", Recipient: account })).tags, "Balance")!);
}

/** A figure of a process's Info. */
export async function figure({ ask }: Scene, process: string, name: string): Promise<bigint> {
  return BigInt(tagValue((await ask(process, { Action: "Info" })).tags, name)!);
}

/** Everybody's balance, page by page. */
async function balancesOf({ ask, token }: Scene): Promise<readonly bigint[]> {
  const balances: bigint[] = [];
  for (let cursor: string | undefined = "0"; cursor !== undefined;) {
    const page = await ask(token, { Action: "Balances", Cursor: cursor, Limit: "1000" });
    const map = JSON.parse(page.data) as Record<string, string>;
    balances.push(...Object.values(map).map(BigInt));
    cursor = tagValue(page.tags, "Next-Cursor");
  }
  return balances;
}

/** What was burned: every Burn that the token carried out. */
function burned({ network, token }: Scene): bigint {
  return network.log(token).reduce((sum, { result }) => {
    const done = result.Messages.find(({ Tags }) => tagValue(Tags ?? [], "Action") === "Burn-Response");
    return done === undefined ? sum : sum + BigInt(tagValue(done.Tags!, "Quantity")!);
  }, 0n);
}

/** What all wallets have accrued together, counted by the ledger wallet by wallet. */
async function audited({ ask, ledger }: Scene): Promise<bigint> {
  const { accrued, nextCursor } = JSON.parse((await ask(ledger, { Action: "Audit" })).data) as {
    accrued: string;
    nextCursor: string | null;
  };
  assert.equal(nextCursor, null, "all wallets fit one page here");
  return BigInt(accrued);
}

/** Nothing lost, nothing doubled, nothing left hanging. */
export async function assertBooks(
  scene: Scene,
  wallets: readonly string[],
  { initial = 0n, surplus = 0n }: { readonly initial?: bigint; readonly surplus?: bigint } = {},
): Promise<void> {
  const { ledger, mint, token, ask } = scene;
  const ledgerFigure = (name: string): Promise<bigint> => figure(scene, ledger, name);
  assert.equal(await ledgerFigure("Pending"), 0n, "no payout is pending");
  assert.equal(await ledgerFigure("Unconfirmed"), 0n, "no payout is unconfirmed");
  const book = await ledgerFigure("Book-Balance");
  assert.equal(await balanceOf(scene, ledger), book + surplus, "ledger's book = ledger's balance");

  const supply = BigInt((await ask(token, { Action: "Total-Supply" })).data);
  const balances = await balancesOf(scene);
  assert.equal(
    balances.reduce((sum, balance) => sum + balance, 0n),
    supply,
    "supply = Σ balances",
  );
  const minted = await figure(scene, mint, "Minted");
  assert.equal(initial + minted, supply + burned(scene), "minted = supply + burned");
  assert.equal(await ledgerFigure("Minted"), minted, "all that was minted has reached the ledger");

  const accrued = await audited(scene);
  const left = (await ledgerFigure("Rest")) + (await ledgerFigure("Waiting"));
  const fees = await ledgerFigure("Fees-Scaled");
  assert.equal(accrued + left, minted * UNIT + fees, "Σ accrued + Σ rest + waiting = Σ minted");
  assert.equal(await ledgerFigure("Distributed"), accrued, "the running total is that of the wallets");

  for (const wallet of wallets) {
    const { data } = await ask(ledger, { Action: "Get-Yield", Wallet: wallet });
    const { withdrawn, pending } = JSON.parse(data) as { withdrawn: string; pending: string };
    assert.equal(pending, "0", wallet);
    assert.equal(await balanceOf(scene, vaultOf(wallet)), BigInt(withdrawn), "withdrawn = received");
  }
}

/** Ends all faults, lets every deadline pass, and gives a last cycle and a last Tick. */
export async function heal(scene: Scene): Promise<void> {
  const { network, ledger, mint, owner } = scene;
  await network.heal();
  for (let round = 0; round < 2; round++) {
    await network.advance(700_000);
    network.send({ from: owner, target: mint, tags: tagsOf({ Action: "Tick" }) });
    await network.settle();
    network.send({ from: owner, target: ledger, tags: tagsOf({ Action: "Tick" }) });
    await network.settle();
  }
}
