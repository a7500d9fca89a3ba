/** Found by `npm start` at 1,050 wallets: the wallet after a full page was counted with it, and again with the next. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { walletAddress } from "../../units/address.ts";
import { createScene, oracle } from "../scene/scene.ts";

const wallets = ["a", "b", "c", "d", "e"].map((name) => walletAddress(name));

async function populatedScene() {
  const scene = await createScene();
  const csv = wallets.map((wallet, i) => `${wallet},${i + 1}000000000000`).join("\n");
  const tags = { Action: "Set-Balances", Token: "AR", Snapshot: "1", Mode: "full" };
  await scene.send(oracle, scene.ledger, tags, csv);
  for (const wallet of wallets.slice(1)) {
    const data = JSON.stringify({ walletFrom: wallet, walletTo: wallets[0], factor: 2500 });
    await scene.send(wallet, scene.ledger, { Action: "Set-Delegation" }, data);
  }
  await scene.pass(3);
  return scene;
}

test("Audit's pages count each wallet once, whatever their size", async () => {
  const { ask, ledger } = await populatedScene();
  const sums = new Set<bigint>();
  for (const limit of ["1", "2", "3", "1000"]) {
    let sum = 0n;
    let count = 0;
    let cursor: string | null = "0";
    while (cursor !== null) {
      const { data } = await ask(ledger, { Action: "Audit", Cursor: cursor, Limit: limit });
      const page = JSON.parse(data) as { accrued: string; wallets: number; nextCursor: string | null };
      sum += BigInt(page.accrued);
      count += page.wallets;
      cursor = page.nextCursor;
    }
    assert.equal(count, wallets.length);
    sums.add(sum);
  }
  assert.equal(sums.size, 1);
});

test("the totals by project don't depend on the size of a page", async () => {
  const { ask, ledger } = await populatedScene();
  const action = "Get-Total-Delegated-AO-By-Project";
  const whole = JSON.parse((await ask(ledger, { Action: action })).data) as {
    direct: Record<string, string>;
  };
  const first = JSON.parse((await ask(ledger, { Action: action, Limit: "1" })).data) as typeof whole;
  assert.deepEqual(first, whole);
  assert.deepEqual(Object.keys(whole.direct), [wallets[0]]);
});
