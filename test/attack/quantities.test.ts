/** Numbers and addresses that are none, wherever one is read, on every runtime that is ours. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { compact, node } from "../scene/runtimes.ts";
import { createScene, oracle, type Scene, type TagRecord } from "../scene/scene.ts";
import { notAddresses, notAmounts } from "./odd-values.ts";
import { assertRefusal } from "./observed.ts";
import { alice, bob, mallory } from "./samples.ts";

/** What a CSV's field may be all the same: space around it does no harm, a comma or a line break ends it. */
const fieldsOnly = new Set([" 1", "1 ", "\t1", "1\n", "1,5"]);

/** Where a whole number below 10^15 is read; more digits are refused there too. */
const notWhole = [...notAmounts, "9".repeat(16), "9007199254740993"];

/** One place where a value is read: the message around it, and the code of its refusal. */
interface Place {
  readonly name: string;
  readonly process: "token" | "mint" | "ledger";
  readonly from: string;
  readonly message: (value: string) => { tags: TagRecord; data?: string };
  readonly code: string | RegExp;
}

const tag =
  (tags: TagRecord, name: string, data?: string): Place["message"] =>
  (value) => ({ tags: { ...tags, [name]: value }, ...(data === undefined ? {} : { data }) });
const row =
  (tags: TagRecord, line: (value: string) => string): Place["message"] =>
  (value) => ({ tags, data: `${bob},1\n${line(value)}\n` });

const transfer = { Action: "Transfer", Recipient: bob, Quantity: "1" };
const minting = { Action: "Mint", Recipient: bob, Quantity: "1" };
const balances = { Action: "Set-Balances", Token: "AR", Snapshot: "2", Page: "1", Pages: "1" };
const multiplier = { Action: "Set-Multiplier", Token: "AR", Multiplier: "1", Version: "1" };
const csv = "invalid-csv";
const amount = /^(invalid-quantity|missing-tag)$/;
const minter = mallory;

const amounts: readonly Place[] = [
  {
    name: "Transfer Quantity",
    process: "token",
    from: alice,
    message: tag(transfer, "Quantity"),
    code: amount,
  },
  {
    name: "Burn Quantity",
    process: "token",
    from: alice,
    message: tag({ Action: "Burn" }, "Quantity"),
    code: amount,
  },
  { name: "Mint Quantity", process: "token", from: minter, message: tag(minting, "Quantity"), code: amount },
  {
    name: "Mint X-Cumulative",
    process: "token",
    from: minter,
    message: tag(minting, "X-Cumulative"),
    code: amount,
  },
  {
    name: "Withdraw Quantity",
    process: "ledger",
    from: alice,
    message: tag({ Action: "Withdraw" }, "Quantity"),
    code: amount,
  },
];
const fields: readonly Place[] = [
  {
    name: "Batch-Transfer row",
    process: "token",
    from: alice,
    message: row({ Action: "Batch-Transfer" }, (value) => `${bob},${value}`),
    code: csv,
  },
  {
    name: "Mint row",
    process: "token",
    from: minter,
    message: row({ Action: "Mint" }, (value) => `${bob},${value}`),
    code: csv,
  },
  {
    name: "Set-Balances row",
    process: "ledger",
    from: oracle,
    message: row(balances, (value) => `${bob},${value}`),
    code: csv,
  },
];
const number = /^invalid-(number|payout|page|limit)$/;
const wholes: readonly Place[] = [
  ...["Balances"].flatMap((Action): Place[] => [
    {
      name: `${Action} Cursor`,
      process: "token",
      from: alice,
      message: tag({ Action }, "Cursor"),
      code: number,
    },
    {
      name: `${Action} Limit`,
      process: "token",
      from: alice,
      message: tag({ Action }, "Limit"),
      code: number,
    },
  ]),
  {
    name: "Transfer X-Payout",
    process: "token",
    from: alice,
    message: tag({ ...transfer, "X-Payouts-Settled": "0" }, "X-Payout"),
    code: number,
  },
  {
    name: "Transfer X-Payouts-Settled",
    process: "token",
    from: alice,
    message: tag({ ...transfer, "X-Payout": "0" }, "X-Payouts-Settled"),
    code: number,
  },
  {
    name: "Get-Emission Cycle",
    process: "mint",
    from: alice,
    message: tag({ Action: "Get-Emission" }, "Cycle"),
    code: number,
  },
  ...["Get-Delegation-Mappings", "Get-Cycles", "Audit", "Get-Total-Delegated-AO-By-Project"].flatMap(
    (Action): Place[] => [
      {
        name: `${Action} Cursor`,
        process: "ledger",
        from: alice,
        message: tag({ Action }, "Cursor"),
        code: number,
      },
      {
        name: `${Action} Limit`,
        process: "ledger",
        from: alice,
        message: tag({ Action }, "Limit"),
        code: number,
      },
    ],
  ),
  {
    name: "Report-Contributions Cursor",
    process: "ledger",
    from: alice,
    message: tag({ Action: "Report-Contributions" }, "Cursor"),
    code: number,
  },
  ...["Snapshot", "Page", "Pages"].map((name): Place => ({
    name: `Set-Balances ${name}`,
    process: "ledger",
    from: oracle,
    message: tag(balances, name, `${bob},1`),
    code: number,
  })),
  {
    name: "Set-Multiplier Version",
    process: "ledger",
    from: oracle,
    message: tag(multiplier, "Version"),
    code: number,
  },
];
const decimals: readonly Place[] = [
  {
    name: "Set-Multiplier Multiplier",
    process: "ledger",
    from: oracle,
    message: tag(multiplier, "Multiplier"),
    code: /^(invalid-multiplier|missing-tag)$/,
  },
];
const address = /^(invalid-address|missing-tag)$/;
const addresses: readonly Place[] = [
  {
    name: "Transfer Recipient",
    process: "token",
    from: alice,
    message: tag(transfer, "Recipient"),
    code: address,
  },
  {
    name: "Mint Recipient",
    process: "token",
    from: minter,
    message: tag(minting, "Recipient"),
    code: address,
  },
  {
    name: "Batch-Transfer row's recipient",
    process: "token",
    from: alice,
    message: row({ Action: "Batch-Transfer" }, (value) => `${value},1`),
    code: csv,
  },
  {
    name: "Withdraw Recipient",
    process: "ledger",
    from: alice,
    message: tag({ Action: "Withdraw" }, "Recipient"),
    code: address,
  },
  {
    name: "Set-Balances row's wallet",
    process: "ledger",
    from: oracle,
    message: row(balances, (value) => `${value},1`),
    code: csv,
  },
  {
    name: "Set-Balances row's recipient",
    process: "ledger",
    from: oracle,
    message: row(balances, (value) => `${bob},1,${value}`),
    code: csv,
  },
  {
    name: "Set-Delegation walletTo",
    process: "ledger",
    from: alice,
    message: (walletTo) => ({
      tags: { Action: "Set-Delegation" },
      data: JSON.stringify({ walletFrom: alice, walletTo, factor: 100 }),
    }),
    code: address,
  },
  {
    name: "Set-Delegations walletTo",
    process: "ledger",
    from: alice,
    message: (walletTo) => ({
      tags: { Action: "Set-Delegations" },
      data: JSON.stringify({ delegations: [{ walletTo, factor: 100 }], version: 1 }),
    }),
    code: address,
  },
  {
    name: "Set-Delegation walletFrom",
    process: "ledger",
    from: alice,
    message: (walletFrom) => ({
      tags: { Action: "Set-Delegation" },
      data: JSON.stringify({ walletFrom, walletTo: bob, factor: 100 }),
    }),
    code: "not-yours",
  },
];

for (const runtime of [node, compact]) {
  const scene = await createScene({
    runtime,
    token: { "Initial-Supply": "1000", "Initial-Holder": alice, Minter: minter },
  });
  const { ledger, network } = scene;
  await scene.send(oracle, ledger, { ...balances, Snapshot: "1" }, `${alice},100\n${bob},100`);
  const before = await books(scene);

  async function assertAllRefused(place: Place, values: readonly string[]): Promise<void> {
    for (const value of values) {
      const { tags, data } = place.message(value);
      const result = await scene.send(place.from, scene[place.process], tags, data);
      assertRefusal(result, place.code);
    }
    assert.deepEqual(await books(scene), before);
  }
  const attack = (place: Place, values: readonly string[]): void => {
    test(`${runtime.name}: ${place.name}, ${values.length} values`, () => assertAllRefused(place, values));
  };
  for (const place of amounts) attack(place, [...notAmounts, ""]);
  for (const place of fields)
    attack(place, [...notAmounts.filter((text) => !fieldsOnly.has(text)), "", '"1"', "1;2"]);
  // Absent and empty mean "the default".
  for (const place of wholes) attack(place, notWhole);
  const notDecimals = notAmounts.filter((text) => !["1.5", "1.0"].includes(text));
  for (const place of decimals)
    attack(place, [...notDecimals, "", "1.5.5", `0.${"1".repeat(19)}`, "1.5e3", "-1.5"]);
  // A row's space is trimmed, and its third field may be empty.
  for (const place of addresses) {
    const inRow = place.code === csv;
    attack(
      place,
      notAddresses.filter((text) => !inRow || !/[ \n]/.test(text)),
    );
  }

  test(`${runtime.name}: reads take any name and find nothing under it`, async () => {
    for (const name of notAddresses.filter((text) => !text.includes("\u0000"))) {
      const balance = await scene.ask(scene.token, { Action: "Balance", Recipient: name });
      assert.equal(balance.data, "0");
      const weights = await scene.ask(ledger, { Action: "Get-Weights", Wallet: name });
      assert.match(weights.data, /"finalWeight":"0\.0+"/);
      for (const Action of ["Get-Yield", "Get-Delegations", "Get-Contributions"])
        JSON.parse((await scene.ask(ledger, { Action, Wallet: name })).data);
      JSON.parse((await scene.ask(ledger, { Action: "Get-Delegators", Target: name })).data);
    }
    assert.deepEqual(await books(scene), before);
    assert.equal(network.waiting(), 0);
  });

  test(`${runtime.name}: the largest numbers`, async () => {
    const { send, ask, token } = scene;
    const most = "9".repeat(38);
    await send(minter, token, { ...minting, Quantity: "21000000000000000000" }).then((result) =>
      assert.equal(
        result.Messages[0]?.Tags?.find(({ name }) => name === "Error")?.value,
        "The cap would be exceeded!",
      ),
    );
    for (const Quantity of [most, "9007199254740993", "9223372036854775808", "18446744073709551617"]) {
      const result = await send(alice, token, { ...transfer, Quantity });
      assert.equal(result.Messages[0]?.Tags?.find(({ name }) => name === "Action")?.value, "Transfer-Error");
    }
    const rows = [alice, bob, mallory].map((wallet) => `${wallet},${most}`).join("\n");
    assert.equal((await send(oracle, ledger, balances, rows)).Error, undefined);
    await send(oracle, ledger, { ...multiplier, Multiplier: `${"9".repeat(38)}` });
    const { data } = await ask(ledger, { Action: "Get-Weights", Wallet: alice });
    const { finalWeight, totalFinalWeight } = JSON.parse(data) as Record<string, string>;
    const weight = BigInt(most) * BigInt(most) * 10n ** 6n;
    assert.equal(BigInt(finalWeight!.replace(".", "")), weight);
    assert.equal(BigInt(totalFinalWeight!.replace(".", "")), 3n * weight);
  });
}

/** What can be seen of the books without a clock. */
async function books({ ask, token, ledger, mint }: Scene): Promise<readonly unknown[]> {
  const clockless = ({ tags }: { tags: readonly { name: string; value: string }[] }) =>
    tags.filter(({ name }) => name !== "Reference");
  const balancesNow = await ask(token, { Action: "Balances" });
  const infos = [];
  for (const process of [token, mint, ledger]) infos.push(clockless(await ask(process, { Action: "Info" })));
  const mappings = await ask(ledger, { Action: "Get-Delegation-Mappings" });
  return [balancesNow.data, mappings.data, ...infos];
}
