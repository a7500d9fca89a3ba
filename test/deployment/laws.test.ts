/** The laws that verify judges live processes by: each is told when one figure is not what it should be. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { judgeBooks, readBooks } from "../../deployment/books.ts";
import { keepers } from "../../deployment/laws/keepers.ts";
import type { Ask } from "../../deployment/units.ts";
import { createDay, initial, traders, wallets } from "../laws/days.ts";
import { askOf } from "../laws/books.ts";
import { oracle, type Scene } from "../scene/scene.ts";

/** What a process says, a hundred more of it: a tag, or a member of Data. */
type Figure = readonly [process: "token" | "ledger" | "mint", action: string, name: string];

let scene: Scene;
before(async () => {
  scene = await createDay();
  const { send, ledger, token, pass } = scene;
  const rows = wallets.map((wallet, i) => `${wallet},${i + 1}`).join("\n");
  await send(oracle, ledger, { Action: "Set-Balances", Token: "AR", Snapshot: "1" }, rows);
  await pass(2);
  await send(wallets[3]!, ledger, { Action: "Withdraw", Quantity: "1000" });
  await send(traders[0]!, token, { Action: "Burn", Quantity: "70" });
});

const known = { initial: () => initial, burned: 70n };
const raised = (text: string): string => `${BigInt(text) + 100n}`;

/** A reading in which one figure is a hundred more than it is. */
function withMore([process, action, figure]: Figure): Ask {
  const ask = askOf(scene);
  return async (target, tags) => {
    const { data, tag } = await ask(target, tags);
    if (target !== scene[process] || tags.Action !== action) return { data, tag };
    if (figure === "Data") return { data: raised(data), tag };
    const changed = data.replace(
      new RegExp(`("${figure}":"?)(\\d+)`),
      (_, start: string, value: string) => start + raised(value),
    );
    return { data: changed, tag: (name) => (name === figure ? raised(tag(name)) : tag(name)) };
  };
}

async function broken(ask: Ask): Promise<readonly string[]> {
  const findings = judgeBooks(await readBooks(ask, scene, known));
  return findings.filter(({ holds }) => !holds).map(({ law }) => law);
}

const told: readonly (readonly [Figure, ...string[]])[] = [
  [["token", "Info", "Supply"], "supply = Σ balances", "MT5 supply grows by what is minted alone"],
  [["token", "Info", "Holders"], "holders are counted"],
  [["token", "Balance", "Data"], "ledger's book = ledger's balance"],
  [["ledger", "Info", "Rest"], "MT1 Σ accrued + Σ rest + waiting = Σ minted"],
  [["ledger", "Info", "Waiting"], "MT1 Σ accrued + Σ rest + waiting = Σ minted"],
  [["ledger", "Info", "Fees-Scaled"], "MT1 Σ accrued + Σ rest + waiting = Σ minted"],
  [["ledger", "Audit", "accrued"], "MT1 Σ accrued + Σ rest + waiting = Σ minted"],
  [["ledger", "Info", "Distributed"], "the running total is that of the wallets"],
  [["ledger", "Info", "Minted"], "all that was minted has reached the ledger"],
  [["ledger", "Info", "Pending"], "MS5 nothing stays pending"],
  [["ledger", "Info", "Unconfirmed"], "MS5 nothing stays unconfirmed"],
  [["ledger", "Info", "Book-Balance"], "the ledger has what its book says, but for payouts under way"],
  [["mint", "Info", "Minted"], "MT3 a cycle is minted once", "all that is minted is a ledger's"],
  [["mint", "Info", "Cycle"], "MT3 a cycle is minted once"],
];

describe("the laws of verify", () => {
  test("hold on a day with withdrawals and burns", async () => {
    assert.deepEqual(await broken(askOf(scene)), []);
  });

  for (const [figure, ...laws] of told) {
    test(`tell a hundred too many: ${figure.join(" ")}`, async () => {
      const wrong = await broken(withMore(figure));
      for (const law of laws) assert.ok(wrong.includes(law), `${law} is not among ${wrong.join("; ")}`);
    });
  }

  test("tell a supply above the cap", async () => {
    const ask = askOf(scene);
    const capped: Ask = async (target, tags) => {
      const { data, tag } = await ask(target, tags);
      return { data, tag: (name) => (target === scene.token && name === "Cap" ? "1" : tag(name)) };
    };
    assert.deepEqual(await broken(capped), ["MT5 never past the cap"]);
  });

  test("hold on a live ledger with a payout under way, which is not at rest", async () => {
    const { network, send, ledger, token } = scene;
    network.faults.add({ from: token, to: ledger, delay: { chance: 1, messages: 0, time: 1_000_000 } });
    await send(wallets[4]!, ledger, { Action: "Withdraw", Quantity: "55" });
    for (const bundle of ["token", "ledger", "mint"] as const) {
      const process = scene[bundle];
      const findings = await keepers[bundle]!(askOf(scene), process, known);
      assert.ok(findings.length >= 3, bundle);
      for (const { law, holds, detail } of findings) assert.ok(holds, `${law}: ${detail}`);
    }
    assert.deepEqual(await broken(askOf(scene)), [
      "MS5 nothing stays pending",
      "ledger's book = ledger's balance",
    ]);
  });
});
