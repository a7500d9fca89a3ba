/** New code in a running process: the state stays, or everything does. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { nodeHost } from "../../process/host/node.ts";
import type { Kept } from "../../process/host/kept.ts";
import { tagValue, type ComputeResult } from "../../units/message.ts";
import { canonical } from "./canonical.ts";
import { alice } from "./log.ts";
import { first } from "./tally/first.ts";
import { bundles, environment, messageOf, runs, stored, type Tally } from "./tally/run.ts";
import { second } from "./tally/second.ts";

const migrated =
  '"state":{"entries":{"0":{"count":2,"name":"apples"},"1":{"count":1,"name":"pears"}},"total":3}';

async function fill({ send }: Tally): Promise<void> {
  for (const [i, name] of ["apples", "pears", "apples"].entries()) {
    await send("Count", { Name: name }, { Id: ["one", "two", "three"][i]! });
  }
  await send("Info");
}

function answer(result: ComputeResult, tag: string): string | undefined {
  assert.equal(result.Error, undefined);
  return tagValue(result.Messages[0]?.Tags ?? [], tag);
}

for (const [name, run] of Object.entries(runs)) {
  describe(`on ${name}`, () => {
    test("version 1 keeps what is stored in test/data", async () => {
      const tally = await run();
      await fill(tally);
      assert.equal(await tally.kept(), canonical(stored()));
    });

    test("an upgrade migrates the state and goes on with it", async () => {
      const tally = await run();
      await fill(tally);
      const response = await tally.send(
        "Upgrade",
        { Reference: "7" },
        { Data: bundles.second, Id: "upgrade" },
      );
      assert.equal(answer(response, "Action"), "Upgrade-Response");
      assert.equal(answer(response, "From-Version"), "1");
      assert.equal(answer(response, "Version"), "2");
      assert.equal(answer(response, "Reference"), "2");
      assert.equal(answer(response, "X-Reference"), "7");
      assert.equal(answer(await tally.send("Info"), "Total"), "3");
      const kept = await tally.kept();
      assert.ok(kept.includes(migrated), kept);
      const again = await tally.send("Upgrade", {}, { Data: bundles.second, Id: "upgrade" });
      assert.match(again.Error ?? "", /^\[repeated\] /);
      assert.match(
        (await tally.send("Count", { Name: "x" }, { Id: "three" })).Error ?? "",
        /^\[unknown-action\] /,
      );
      assert.equal(answer(await tally.send("Upgrade", {}, { Data: bundles.second }), "From-Version"), "2");
      assert.match((await tally.send("Upgrade", {}, { Data: bundles.first })).Error ?? "", /\[newer-state\]/);
    });

    const failures: readonly (readonly [string, Partial<{ Data: string | null }>, RegExp])[] = [
      ["without code", { Data: " " }, /^\[missing-code\] /],
      ["with Data that is no text", { Data: null }, /^\[missing-code\] /],
      ["with a syntax error", { Data: "handle =" }, /^\[invalid-code\] The code does not load: bundle:1: /],
      ["with bytecode", { Data: "\u001bLuaS" }, /^\[invalid-code\] .*binary chunk/],
      ["that installs nothing", { Data: "Tributary = nil" }, /^\[upgrade-failed\] .*installs no process$/],
      ["that fails", { Data: "Tributary = nil handle = nil error({})" }, /^\[upgrade-failed\] .*table/],
      ["with another process's code", { Data: bundles.token }, /^\[upgrade-failed\] .*: \[wrong-process\] /],
      [
        "with a migration missing",
        { Data: bundles.gap },
        /^\[upgrade-failed\] .*: \[missing-migration\] .* 2$/,
      ],
      ["with a migration that fails", { Data: bundles.broken }, /^\[upgrade-failed\] .*nil value/],
      ["that fails when all is installed", { Data: `${bundles.second}\nerror("late", 0)` }, /: late$/],
    ];
    test("an upgrade that fails changes nothing", async () => {
      const tally = await run();
      await fill(tally);
      for (const [what, fields, error] of failures) {
        const { Error: found = "", Messages } = await tally.send("Upgrade", {}, fields);
        assert.match(found, error, what);
        assert.deepEqual(Messages, [], what);
        assert.equal(await tally.kept(), canonical(stored()), what);
      }
      assert.equal(answer(await tally.send("Info"), "Names"), "2");
    });

    test("only the owner upgrades, and nobody once ownership is given up", async () => {
      const tally = await run();
      const forged = { Data: bundles.second, Owner: alice };
      assert.match((await tally.send("Upgrade", {}, forged)).Error ?? "", /^\[untrusted\] /);
      assert.match(
        (await tally.send("Upgrade", {}, { ...forged, From: alice })).Error ?? "",
        /^\[not-owner\] /,
      );
      assert.equal(answer(await tally.send("Renounce-Ownership"), "Version"), "1");
      const kept = await tally.kept();
      assert.match(kept, /"renounced":true/);
      for (const action of ["Upgrade", "Renounce-Ownership"]) {
        assert.match((await tally.send(action, {}, { Data: bundles.second })).Error ?? "", /^\[renounced\] /);
      }
      assert.equal(await tally.kept(), kept);
      assert.equal(answer(await tally.send("Info"), "Names"), "0");
    });

    test("a message that can't be read is refused", async () => {
      const { send } = await run();
      const { Error: error } = await send("Info", {}, { Timestamp: "now" as unknown as number });
      assert.match(error ?? "", /^\[malformed-message\] /);
    });
  });
}

describe("under Node", () => {
  test("the stored state of version 1 goes on in version 2", () => {
    const host = nodeHost(second, stored() as Kept<unknown>);
    assert.ok(canonical(host.kept()).includes(migrated));
    assert.equal(answer(host.handle(messageOf("Info"), environment), "Total"), "3");
  });

  test("a state is refused that is newer, or another process's, or too old", () => {
    const kept = stored() as Kept<unknown>;
    assert.throws(() => nodeHost(first, { ...kept, version: 2 }), /\[newer-state\]/);
    assert.throws(() => nodeHost({ ...first, name: "other" }, kept), /\[wrong-process\]/);
    assert.throws(() => nodeHost({ ...second, migrations: [] }, kept), /\[missing-migration\]/);
    assert.deepEqual(kept, stored());
  });

  test("there is no Upgrade", () => {
    const host = nodeHost(first);
    const { Error: error } = host.handle(messageOf("Upgrade", {}, { Data: "code" }), environment);
    assert.match(error ?? "", /^\[not-upgradable\] /);
  });
});
