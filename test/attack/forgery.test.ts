/**
 * Who speaks: no unit checks who may sign a message in the name of a process, or for whom a message was meant. Every
 * action of every process, with a message that would work if it were honest.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Process } from "../../process/host/process.ts";
import { factory } from "../../process/fair-launch-factory/actions.ts";
import { ledger } from "../../process/ledger/actions.ts";
import { mint } from "../../process/mint/actions.ts";
import { fairLaunch } from "../../process/fair-launch/actions.ts";
import { index } from "../../process/pi/actions.ts";
import { pool } from "../../process/pool/actions.ts";
import { token } from "../../process/token/actions.ts";
import { tagsOf } from "../../units/message.ts";
import { assertIgnored, assertRefusal, assertRefused } from "./observed.ts";
import { battlefield, mallory, type Battlefield, type Sample, nameOf } from "./samples.ts";
import { definitions } from "../scene/runtimes.ts";
import { sentBy } from "../scene/scene.ts";

const field = await battlefield();

const processes: readonly Process<never>[] = [
  token,
  mint,
  ledger,
  pool,
  factory,
  fairLaunch,
  index,
] as unknown as Process<never>[];
for (const { name, actions } of processes) {
  test(`every action of the ${name} has a sample`, () => {
    const sampled = field.samples
      .filter(({ process }) => definitions[process].name === name)
      .map(({ action }) => action);
    assert.deepEqual([...new Set(sampled)].sort(), [...actions.keys()].sort());
  });
}

/** Each attack gets the whole table; nothing of it may change anything. */
function attack(title: string, act: (field: Battlefield, sample: Sample) => Promise<void>): void {
  for (const sample of field.samples) test(`${nameOf(sample)}: ${title}`, () => act(field, sample));
}

attack("a wallet signs in the sender's name", async ({ attempt }, { attempt: honest }) => {
  assertRefused(await attempt({ ...honest, signer: mallory }), "untrusted");
});

attack("a wallet signs in the authority's name", async ({ attempt, network }, { attempt: honest }) => {
  assertRefused(await attempt({ ...honest, from: network.authority, signer: mallory }), "untrusted");
});

attack("a wallet signs in the process's own name", async ({ attempt }, { attempt: honest }) => {
  assertRefused(await attempt({ ...honest, from: honest.target, signer: mallory }), "untrusted");
});

attack("a wallet signs in the owner's name", async ({ attempt, owner }, { attempt: honest }) => {
  assertRefused(await attempt({ ...honest, from: owner, signer: mallory }), "untrusted");
});

attack("a message to somebody else is assigned here", async ({ network, picture }, { attempt: honest }) => {
  const { target, from, signer, tags, data } = honest;
  const content = { target: mallory, tags, ...(data === undefined ? {} : { data }) };
  const id =
    signer === undefined
      ? network.send({ from, ...content })
      : network.forge({ signer, fromProcess: from, ...content });
  const before = picture(target);
  network.assign({ process: target, message: id });
  await network.settle();
  assertRefused({ result: network.result(id, target)!, before, after: picture(target) }, "assignment");
});

attack("a stranger sends it in its own name", async ({ attempt }, { attempt: honest, open, tells }) => {
  const { target, tags, data } = honest;
  const content = data === undefined ? {} : { data };
  const outcome = await attempt({ target, from: mallory, tags, ...content });
  if (open !== true) assert.equal(outcome.after.state, outcome.before.state);
  const others = sentBy(outcome.result).filter(({ Target }) => Target !== mallory);
  if (tells !== true) assert.deepEqual(others, []);
});

attack("the authority sends it in its own name", async ({ attempt, network }, { attempt: honest, open }) => {
  const { target, tags, data } = honest;
  const content = data === undefined ? {} : { data };
  const outcome = await attempt({ target, from: network.authority, tags, ...content });
  if (open !== true) assert.equal(outcome.after.state, outcome.before.state);
});

for (const action of ["Upgrade", "Renounce-Ownership", "Eval"]) {
  for (const process of ["token", "mint", "ledger", "pool", "launch", "index"] as const) {
    const tags = tagsOf({ Action: action });
    const code = action === "Eval" ? "unknown-action" : "not-owner";
    test(`${process} ${action} by anybody but the owner`, async () => {
      const { attempt, owner, network } = field;
      const target = field[process];
      for (const from of [mallory, network.authority, target])
        if (from !== target) assertRefused(await attempt({ target, from, tags, data: "x = 1" }), code);
      for (const from of [owner, target])
        assertRefused(await attempt({ target, from, signer: mallory, tags, data: "x = 1" }), "untrusted");
    });
  }
}

const targets = [field.token, field.mint, field.ledger, field.pool, field.launch, field.index];
for (const action of ["X-Notice", "Spawned-Notice", "Foo-Error", "Foo-Response"]) {
  test(`${action} is nobody's business`, async () => {
    for (const target of targets)
      assertIgnored(await field.attempt({ target, from: mallory, tags: tagsOf({ Action: action }) }));
  });
}

for (const action of ["constructor", "__proto__", "toString", "transfer", "Transfer ", "Тransfer", "info"]) {
  test(`${JSON.stringify(action)} is no action`, async () => {
    for (const target of targets) {
      const outcome = await field.attempt({ target, from: mallory, tags: tagsOf({ Action: action }) });
      assertRefused(outcome, "unknown-action");
    }
  });
}

// Last, on fresh ground: here the samples do what they are meant to do.
for (const sample of field.samples) {
  test(`${nameOf(sample)}: works once, however often it arrives`, async () => {
    const fresh = await battlefield();
    const same = fresh.samples.find((other) => nameOf(other) === nameOf(sample))!;
    const { target } = same.attempt;
    fresh.network.faults.add({ to: target, repeat: 1 });
    const { before, after, result } = await fresh.attempt(same.attempt);
    assert.equal(result.Error, undefined);
    const { actions } = definitions[sample.process];
    const isWrite = actions.get(sample.action)!.kind === "write";
    if (isWrite && sample.idle !== true)
      assert.ok(after.state !== before.state || result.Messages.length > 0);
    else assert.equal(after.state, before.state);
    const evaluations = fresh.network.log(target);
    const id = evaluations.find(({ result: each }) => each === result)!.message.Id;
    const both = evaluations.filter(({ message }) => message.Id === id);
    assert.equal(both.length, 2);
    if (isWrite) assertRefusal(both[1]!.result, "repeated");
    else assert.equal(both[1]!.result.Messages.length, both[0]!.result.Messages.length);
  });
}
