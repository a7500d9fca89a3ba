/** The books of token, mint and ledger on a network, by the laws that `npm run verify` judges live processes by. */
import assert from "node:assert/strict";
import { judgeBooks, readBooks } from "../../deployment/books.ts";
import type { Finding } from "../../deployment/laws/law.ts";
import { answerOf, type Ask } from "../../deployment/units.ts";
import { walletAddress } from "../../units/address.ts";
import { tagsOf, tagValue } from "../../units/message.ts";
import type { Scene } from "../scene/scene.ts";

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

/** What was burned: every Burn that the token carried out. */
function burned({ network, token }: Scene): bigint {
  return network.log(token).reduce((sum, { result }) => {
    const done = result.Messages.find(({ Tags }) => tagValue(Tags ?? [], "Action") === "Burn-Response");
    return done === undefined ? sum : sum + BigInt(tagValue(done.Tags!, "Quantity")!);
  }, 0n);
}

/** How the laws ask here. */
export function askOf({ network }: Scene): Ask {
  return async (target, tags) => answerOf(await network.dryRun({ target, tags: tagsOf(tags) }), tags.Action!);
}

export function assertLaws(judged: readonly Finding[]): void {
  for (const { law, holds, detail } of judged) assert.ok(holds, `${law}: ${detail}`);
}

/** Nothing lost, nothing doubled, nothing left hanging. */
export async function assertBooks(
  scene: Scene,
  wallets: readonly string[],
  { initial = 0n, surplus = 0n }: { readonly initial?: bigint; readonly surplus?: bigint } = {},
): Promise<void> {
  const known = { initial: () => initial, burned: burned(scene), surplus };
  assertLaws(judgeBooks(await readBooks(askOf(scene), scene, known)));
  for (const wallet of wallets) {
    const { data } = await scene.ask(scene.ledger, { Action: "Get-Yield", Wallet: wallet });
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
