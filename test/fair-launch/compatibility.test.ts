/** What existing pages read of a launch: every tag and field by its name and type, from one that has been through everything. */
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { tagValue, type Tag } from "../../units/message.ts";
import { alice, bob, createStage, type Stage, team, treasury } from "./stage.ts";
import { ForeignToken } from "./foreign-token.ts";

const address = /^[A-Za-z0-9_-]{43}$/;
const whole = /^(0|[1-9][0-9]{0,14})$/;
const amount = /^(0|[1-9][0-9]{0,37})$/;
const milliseconds = /^1[0-9]{12}$/;
const flag = /^(true|false)$/;
const text = /./;
/** A text that may be missing. */
const anything = /^[^]*$/;

/** Every tag of Info that existing pages read. */
const infoTags: Readonly<Record<string, RegExp>> = {
  Owner: address,
  FLP_FACTORY: address,
  "Flp-Name": text,
  "Flp-Long-Description": anything,
  "Starts-At-Timestamp": milliseconds,
  "Ends-At-Timestamp": milliseconds,
  Deployer: address,
  Treasury: address,
  "Token-Process": address,
  "Token-Name": text,
  "Token-Ticker": text,
  "Token-Denomination": whole,
  "Token-Logo": anything,
  "Token-Disclaimer": anything,
  "Token-Unlock-Timestamp": milliseconds,
  "Total-Distribution-Ticks": whole,
  "Token-Supply-To-Use": amount,
  "Total-Token-Supply-At-Creation": amount,
  Socials: /^\{.*\}$/,
  "Decay-Factor": /^0\.[0-9]{1,18}$/,
  Status: /^(Ready|Active|Ended|Cancelled)$/,
  "Distributed-Quantity": amount,
  "Accumulated-Quantity": amount,
  "Withdrawn-Quantity": amount,
  "Accumulated-Pi-Quantity": amount,
  "Exchanged-For-Pi-Quantity": amount,
  "Withdrawn-Pi-Quantity": amount,
  "Distribution-Tick": whole,
  "Yield-Cycle": whole,
  "AO-Token": address,
  "Delegation-Oracle": address,
  "PI-Process": address,
  "PI-Token-Process": address,
  "Mint-Reporter": address,
  "Are-General-Withdrawals-Enabled": flag,
  "Are-Batch-Transfers-Possible": flag,
};

let stage: Stage;

/** Three periods, of which the second had no contributions; half of the AO went to an index that gives PI for it. */
before(async () => {
  stage = await createStage({
    token: new ForeignToken({ batches: "refuses" }),
    index: ({ action, tag }) =>
      action !== "Credit-Notice" || tag("X-Action") !== "Mint"
        ? []
        : [{ to: stage.pi.id, tags: { Action: "Transfer", Recipient: tag("Sender"), Quantity: "20" } }],
    launch: {
      "PI-Share": "50",
      "Short-Description": "short",
      "Long-Description": 'long, "quoted"',
      "Token-Disclaimer": "none",
      "Website-URL": "https://ocean.example",
      "Twitter-Handle": "@ocean",
      Socials: '{"Discord":"https://discord.example"}',
      "Flp-Factory": bob,
    },
  });
  stage.pi.balances.set(stage.index, 1_000n);
  await stage.fund();
  for (const [cycle, quantity] of [
    [288, 40n],
    [576, 0n],
    [864, 60n],
  ] as const) {
    stage.ledger.cycle = cycle;
    if (quantity > 0n) stage.ledger.contribute(alice, quantity);
    stage.ao.balances.set(stage.ledger.id, quantity);
    stage.ledger.owes = quantity;
    await stage.days(1);
  }
});

async function data<Shape>(action: string, tags: Readonly<Record<string, string>> = {}): Promise<Shape> {
  return JSON.parse((await stage.ask({ Action: action, ...tags })).data) as Shape;
}

function assertTags(tags: readonly Tag[], expected: Readonly<Record<string, RegExp>>): void {
  for (const [name, shape] of Object.entries(expected)) {
    const value = tagValue(tags, name);
    assert.ok(value !== undefined, `${name} is missing`);
    assert.match(value, shape, name);
  }
}

describe("Info", () => {
  it("has every tag that pages read, with values of its type", async () => {
    const { tags } = await stage.ask({ Action: "Info" });
    assert.equal(tagValue(tags, "Action"), "Info-Response");
    assertTags(tags, infoTags);
    const names = tags.map(({ name }) => name.toLowerCase());
    assert.equal(new Set(names).size, names.length, "no tag twice");
    assert.ok(tags.length <= 128);
  });

  it("says what the launch was created with, and what it has come to", async () => {
    const expected: Readonly<Record<string, string>> = {
      Owner: bob,
      FLP_FACTORY: bob,
      "Flp-Name": "Launch",
      "Flp-Short-Description": "short",
      "Flp-Long-Description": 'long, "quoted"',
      "Starts-At-Timestamp": `${stage.start}`,
      "Ends-At-Timestamp": `${stage.start + 10 * 86_400_000}`,
      Deployer: team,
      Treasury: treasury,
      "Token-Process": stage.token.id,
      "Token-Name": "Foreign",
      "Token-Ticker": "FRN",
      "Token-Denomination": "6",
      "Token-Logo": "logo",
      "Token-Disclaimer": "none",
      "Total-Distribution-Ticks": "10",
      "Token-Supply-To-Use": "1000000",
      "Total-Token-Supply-At-Creation": "10000000",
      "Decay-Factor": "0.9",
      Status: "Active",
      "Distributed-Quantity": "416077",
      "Accumulated-Quantity": "100",
      "Withdrawn-Quantity": "50",
      "Accumulated-Pi-Quantity": "40",
      "Exchanged-For-Pi-Quantity": "50",
      "Withdrawn-Pi-Quantity": "40",
      "Distribution-Tick": "3",
      "Yield-Cycle": "864",
      "AO-Token": stage.ao.id,
      "Delegation-Oracle": stage.ledger.id,
      "Mint-Reporter": stage.ledger.id,
      "PI-Process": stage.index,
      "PI-Token-Process": stage.pi.id,
      "Are-Batch-Transfers-Possible": "false",
    };
    const { tags } = await stage.ask({ Action: "Info" });
    const found = Object.keys(expected).map((name) => [name, tagValue(tags, name)]);
    assert.deepEqual(Object.fromEntries(found), expected);
    assert.deepEqual(JSON.parse(tagValue(tags, "Socials")!), {
      "Website-URL": "https://ocean.example",
      "Twitter-Handle": "@ocean",
      Socials: { Discord: "https://discord.example" },
    });
  });

  it("is published by path as well, in lower case, parameters with the first write", () => {
    const published: Record<string, string> = {};
    for (const { result } of stage.network.log(stage.launch)) {
      for (const { Target, Tags } of result.Messages) {
        const patch = Tags as unknown as readonly { name: string; value: Record<string, string> }[];
        if (Target === undefined)
          for (const { name, value } of patch) if (name !== "device") Object.assign(published, value);
      }
    }
    for (const name of Object.keys(infoTags))
      assert.ok(published[name.toLowerCase()] !== undefined, `${name} is not published`);
    assert.equal(published["distributed-quantity"], "416077");
  });
});

describe("Get-Claimable-Balance", () => {
  it("answers with tags and Data, for Recipient or the sender", async () => {
    const { tags, data: balance } = await stage.ask({ Action: "Get-Claimable-Balance", Recipient: alice });
    assertTags(tags, { Action: /^Resp-Get-Claimable-Balance$/, Balance: amount, "For-Account": address });
    assert.deepEqual(
      [balance, tagValue(tags, "Balance"), tagValue(tags, "For-Account")],
      ["416077", "416077", alice],
    );
    const other = await stage.ask({ Action: "Get-Claimable-Balance", Recipient: bob });
    assert.equal(other.data, "0");
  });
});

describe("Get-Yield-Tick-History", () => {
  interface Row {
    readonly [name: string]: unknown;
    readonly TriggerMintReportIds: readonly string[];
  }

  it("has a row for each round, with fields of their types", async () => {
    const { tags, data: json } = await stage.ask({ Action: "Get-Yield-Tick-History" });
    assertTags(tags, { Action: /^Resp-Get-Yield-Tick-History$/, PricePrecisionScaling: whole });
    const rows = JSON.parse(json) as readonly Row[];
    assert.equal(rows.length, 3);
    for (const row of rows) {
      assert.deepEqual(Object.keys(row), [
        ...["AoKept", "AoReceived", "Nonce", "PiReceived", "Timestamp", "TokenPriceInAo"],
        ...["TokensDistributed", "TriggerMintReportIds"],
      ]);
      assert.equal(typeof row["Nonce"], "number");
      for (const name of ["AoKept", "AoReceived", "PiReceived", "TokenPriceInAo", "TokensDistributed"])
        assert.match(row[name] as string, amount, name);
      assert.match(row["Timestamp"] as string, milliseconds);
      for (const id of row.TriggerMintReportIds) assert.match(id, address);
    }
  });

  it("says what each round took in and gave out", async () => {
    const rows = await data<readonly Row[]>("Get-Yield-Tick-History");
    const columns = ["Nonce", "AoReceived", "AoKept", "TokensDistributed", "TokenPriceInAo"];
    assert.deepEqual(
      rows.map((row) => columns.map((name) => row[name])),
      [
        [1, "40", "20", "153533", `${(40n * 10n ** 18n) / 153_533n}`],
        [2, "0", "0", "0", "0"],
        [3, "60", "30", "262544", `${(60n * 10n ** 18n) / 262_544n}`],
      ],
    );
  });

  it("comes in pages where Cursor or Limit ask for one", async () => {
    const { tags, data: json } = await stage.ask({
      Action: "Get-Yield-Tick-History",
      Cursor: "0",
      Limit: "2",
    });
    assert.deepEqual(
      (JSON.parse(json) as { Nonce: number }[]).map(({ Nonce }) => Nonce),
      [1, 2],
    );
    assert.equal(tagValue(tags, "Next-Cursor"), "2");
    const latest = await data<{ Nonce: number }[]>("Get-Yield-Tick-History", { Limit: "1" });
    assert.deepEqual(
      latest.map(({ Nonce }) => Nonce),
      [3],
    );
  });
});

describe("proceeds", () => {
  it("that wait are an amount in Data", async () => {
    for (const asset of ["AO", "PI"]) {
      const { tags, data: waiting } = await stage.ask({ Action: `Get-Withdrawable-${asset}` });
      assert.equal(tagValue(tags, "Action"), `Get-Withdrawable-${asset}-Response`);
      assert.equal(waiting, "0");
    }
  });

  it("that came are told by cycle", async () => {
    for (const [asset, expected] of [
      ["AO", ["40", "60"]],
      ["PI", ["20", "20"]],
    ] as const) {
      const proceeds = await data<Record<string, { amount: string; timestamp: number }>>(
        `Get-${asset}-Proceeds`,
      );
      for (const [cycle, { amount: quantity, timestamp }] of Object.entries(proceeds)) {
        assert.match(cycle, whole);
        assert.match(quantity, amount);
        assert.equal(typeof timestamp, "number");
      }
      assert.deepEqual(
        Object.values(proceeds).map(({ amount: quantity }) => quantity),
        expected,
      );
    }
  });
});

describe("lists", () => {
  it("Get-Emission-Schedule: items {period, emission, emitted, distributed}", async () => {
    const page = await data<{ items: readonly Record<string, unknown>[]; totalItems: number }>(
      "Get-Emission-Schedule",
      { Limit: "4" },
    );
    const item = (period: number, emission: string, emitted: string, distributed: string) => ({
      ...{ period, emission, emitted, distributed },
    });
    assert.deepEqual(page, {
      items: [
        item(1, "153533", "153533", "153533"),
        item(2, "138181", "291714", "0"),
        item(3, "124363", "416077", "262544"),
        item(4, "111926", "528003", "0"),
      ],
      limit: 4,
      totalItems: 10,
      nextCursor: "4",
      hasMore: true,
    });
  });

  it("Get-Contributions: items {wallet, contributed, credited, claimable}", async () => {
    const { items } = await data<{ items: unknown[] }>("Get-Contributions");
    assert.deepEqual(items, [{ wallet: alice, contributed: "100", credited: "416077", claimable: "416077" }]);
  });

  it("refuse a page that is none", async () => {
    for (const action of ["Get-Emission-Schedule", "Get-Contributions", "Get-Yield-Tick-History"]) {
      await assert.rejects(stage.ask({ Action: action, Limit: "1001" }), /invalid-limit/);
      await assert.rejects(stage.ask({ Action: action, Cursor: "-1" }), /invalid-number/);
    }
  });
});

describe("writes", () => {
  it("Tick tells what it did, to a wallet", async () => {
    const { Messages } = await stage.tick();
    const answer = Messages.find(({ Tags }) => tagValue(Tags ?? [], "Action") === "Tick-Response")!;
    assert.deepEqual(JSON.parse(answer.Data!), { round: 3, phase: "idle", messages: 0 });
  });

  it("Withdraw-FLP-Token answers with Status and Reason", async () => {
    const { Messages } = await stage.send(alice, stage.launch, { Action: "Withdraw-FLP-Token" });
    const answer = Messages.find(({ Target }) => Target === alice)!;
    assertTags(answer.Tags!, { Status: /^Success$/, Reason: /^$/ });
    const again = await stage.send(alice, stage.launch, { Action: "Withdraw-FLP-Token" });
    assertTags(again.Messages.find(({ Target }) => Target === alice)!.Tags!, {
      Status: /^Error$/,
      Reason: /^There is nothing to claim$/,
    });
  });

  it("Withdraw-AO and Withdraw-PI fail while nothing waits, and Cancel after the start", async () => {
    for (const [action, code] of [
      ["Withdraw-AO", "nothing-waiting"],
      ["Withdraw-PI", "nothing-waiting"],
      ["Cancel", "started"],
    ]) {
      const { Error: error, Messages } = await stage.send(team, stage.launch, { Action: action! });
      assert.match(error ?? "", new RegExp(`^\\[${code}\\] .`));
      assert.deepEqual(Messages, []);
    }
  });
});
