/** Times that are unset, go backward or lie far off, and ticks of people who have no business with them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { nodeHost, type NodeEnvironment, type NodeMessage } from "../../process/host/node.ts";
import type { Process } from "../../process/host/process.ts";
import { ledger } from "../../process/ledger/actions.ts";
import { mint } from "../../process/mint/actions.ts";
import { index } from "../../process/pi/actions.ts";
import { token } from "../../process/token/actions.ts";
import { identifier, walletAddress } from "../../units/address.ts";
import { tagsOf, tagValue } from "../../units/message.ts";
import { sentBy, workedTokens } from "../scene/scene.ts";
import { canonical } from "./observed.ts";

const [self, owner, mallory] = [identifier("process"), walletAddress("owner"), walletAddress("mallory")];
const start = 1_795_200_000_000;
const cycle = 300_000;

const parameters = {
  token: { Name: "AO", Ticker: "AO", Denomination: "12" },
  mint: {
    "Token-Process": identifier("token"),
    "Start-Timestamp": `${start}`,
    Ledgers: JSON.stringify([{ from: 0, shares: [{ ledger: identifier("ledger"), share: "1" }] }]),
  },
  ledger: { "AO-Token": identifier("token"), Tokens: JSON.stringify(workedTokens) },
  index: {
    ...{ "PI-Token-Process": identifier("pi"), "AO-Token": identifier("token") },
    ...{ "AR-Token": identifier("ar"), Ledgers: JSON.stringify([identifier("ledger")]) },
  },
};

function hostOf(name: keyof typeof parameters) {
  const processes = { token, mint, ledger, index };
  const host = nodeHost(processes[name] as unknown as Process<unknown>);
  const environment: NodeEnvironment = {
    Process: { Id: self, Owner: owner, Tags: tagsOf(parameters[name]) },
    Module: { Id: identifier("module") },
  };
  let count = 0;
  const send = (Timestamp: number, Action: string, more: Partial<NodeMessage> = {}) => {
    const content = { Id: identifier("message", ++count), Owner: mallory, From: mallory, Target: self };
    return host.handle({ ...content, Tags: tagsOf({ Action }), Timestamp, ...more }, environment);
  };
  return { send, kept: () => host.kept()! };
}

const odd: readonly [what: string, time: unknown][] = [
  ["zero", 0],
  ["before the last", start - 1],
  ["negative", -1],
  ["absent", undefined],
  ["not a number", Number.NaN],
];
for (const name of ["token", "mint", "ledger", "index"] as const) {
  for (const [what, time] of odd) {
    test(`${name}: a time that is ${what} does not turn the clock back`, () => {
      const { send, kept } = hostOf(name);
      send(start + 10 * cycle, "Info");
      if (name !== "token") send(start + 10 * cycle, "Tick");
      const before = canonical(kept().state);
      assert.equal(send(time as number, "Info").Error, undefined);
      if (name !== "token") assert.equal(send(time as number, "Tick").Error, undefined);
      assert.equal(kept().now, start + 10 * cycle);
      assert.equal(canonical(kept().state), before);
    });
  }
}

for (const [what, time] of odd) {
  test(`mint: a first tick whose time is ${what} mints nothing, and no end is reached`, () => {
    const { send } = hostOf("mint");
    for (let i = 0; i < 3; i++) assert.equal(sentBy(send(time as number, "Tick")).length, 1);
    const messages = sentBy(send(start + cycle, "Tick"));
    assert.equal(messages.filter(({ Tags }) => tagValue(Tags!, "Action") === "Mint").length, 1);
  });
}

test("mint: a tick after a hundred years catches up a bounded number of cycles at a time", () => {
  const { send, kept } = hostOf("mint");
  const late = start + 100 * 365 * 86_400_000;
  for (let tick = 1; tick <= 3; tick++) {
    send(late, "Tick");
    assert.equal((kept().state as { cycle: number }).cycle, 1000 * tick);
  }
});

test("mint: the same cycles whoever ticks, and however often", () => {
  const [alone, poked] = [hostOf("mint"), hostOf("mint")];
  for (let minute = 0; minute <= 60; minute++) {
    const now = start + minute * 60_000;
    if (minute % 5 === 0) alone.send(now, "Tick", { Owner: owner, From: owner });
    for (let i = 0; i < 7; i++) poked.send(now, "Tick");
  }
  assert.equal(canonical(alone.kept().state), canonical(poked.kept().state));
});

test("a tick by cron is answered to nobody, and a stranger's tag does not make it one", () => {
  const { send } = hostOf("mint");
  const cron = { Id: "", Owner: owner, From: owner, Cron: true };
  assert.deepEqual(sentBy(send(start, "Tick", cron)), []);
  assert.deepEqual(sentBy(send(start, "Tick", cron)), []);
  assert.equal(sentBy(send(start, "Tick")).length, 1);
  const forged = send(start, "Tick", { Tags: tagsOf({ Action: "Tick", Cron: "true" }) });
  assert.match(forged.Error ?? "", /^\[reserved-tag\]/);
});

test("ledger: ticks ask the token for the balance once in five minutes, whoever ticks", () => {
  const { send } = hostOf("ledger");
  let asked = 0;
  for (let i = 0; i < 1000; i++) asked += sentBy(send(start + i * 900, "Tick")).length - 1;
  assert.equal(asked, 3);
});

test("index: ticks ask tokens and ledgers once in ten minutes, and begin one round a day, whoever ticks", () => {
  const { send } = hostOf("index");
  const counts: Record<string, number> = {};
  for (let i = 0; i < 1000; i++)
    for (const { Tags } of sentBy(send(start + i * 1_799, "Tick")))
      counts[tagValue(Tags!, "Action")!] = (counts[tagValue(Tags!, "Action")!] ?? 0) + 1;
  // Three times in half an hour: of AO and AR, which never answer; of the ledger, which does not either.
  assert.deepEqual(counts, { Info: 6, Withdraw: 1, "Report-Contributions": 3, "Tick-Response": 1000 });
});
