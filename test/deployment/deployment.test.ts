/** Deployments to a network in this process: from nothing, interrupted everywhere, verified, upgraded. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { buildBundles, deploy, missingSteps } from "../../deployment/deploy.ts";
import { codeOf, idOf, json, moduleOf, spawnOrder } from "../../deployment/config.ts";
import { DeploymentError, unitsOf } from "../../deployment/units.ts";
import { upgrade } from "../../deployment/upgrade.ts";
import { fill } from "../../deployment/values.ts";
import { verify } from "../../deployment/verify.ts";
import { codeHash } from "../../module/bundle.ts";
import { createEd25519Wallet } from "../../units/items/wallet.ts";
import { tagsOf } from "../../units/message.ts";
import { resultOf, send } from "../units/world.ts";
import { countOf, FailingUnits, Interruption, setStage, type Stage } from "./stage.ts";

const cycle = 300_000;
const wallet = createEd25519Wallet();
const folder = mkdtempSync(join(tmpdir(), "tributary-test-"));
let stage: Stage;
before(async () => {
  stage = await setStage(folder);
});
after(async () => {
  await stage.network.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function failing(): Promise<readonly string[]> {
  const { config, file, units } = await stage.options(wallet);
  const checks = await verify({ config, file, units, attempts: 1 });
  return checks.filter(({ holds }) => !holds).map(({ name, detail }) => `${name}: ${detail}`);
}

const ask = async (process: string, tags: Readonly<Record<string, string>>) =>
  (await stage.options(wallet)).units.ask(stage.reopen().record.processes[process]!.id, tags);

describe("a deployment", () => {
  test("lists its steps", () => {
    assert.deepEqual(missingSteps(stage.config, stage.reopen()), [
      "upload the token's module",
      "spawn token",
      "upload the ledger's module",
      "spawn ledger",
      "upload the mint's module",
      "spawn mint",
      "upload the fair-launch-factory's module",
      "upload the fair-launch's module",
      "spawn factory",
      "send Set-Minter to token",
      "send Set-Mint to ledger",
      "have the ticks of mint pushed",
    ]);
  });

  test("interrupted before and after each item it goes on, and sends nothing twice", async () => {
    const units = new FailingUnits();
    for (let finished = false; !finished;) {
      try {
        await deploy(await stage.options(wallet, units.wrap));
        finished = true;
      } catch (error) {
        if (!(error instanceof Interruption)) throw error;
      }
    }
    assert.equal(units.interruptions, 24);
    const { items } = stage.reopen().record;
    const monitored = items["have the ticks of mint pushed"]!.id;
    assert.equal(units.handed.size, 12);
    for (const [id, times] of units.handed) assert.equal(times, id === monitored ? 2 : 1, id);
    const counts = ["Module", "Process", "Message"].map((type) =>
      countOf(stage.network, wallet.address, type),
    );
    assert.deepEqual(await Promise.all(counts), [5, 4, 2]);
    assert.deepEqual(missingSteps(stage.config, stage.reopen()), []);
  });

  test("complete, it sends nothing more", async () => {
    const units = new FailingUnits();
    await deploy(await stage.options(wallet, units.wrap));
    assert.equal(units.handed.size, 0);
  });

  test("another key, or another network, can't go on with it", async () => {
    const own = await stage.options(createEd25519Wallet());
    await assert.rejects(deploy(own), /only that key can go on with it/);
    await assert.rejects(upgrade(own), /only that key can go on with it/);
    const options = await stage.options(wallet);
    const other = { ...options, network: { ...options.network, authority: "a".repeat(43) } };
    await assert.rejects(deploy(other), /Move the record away/);
  });

  test("mints by ticks; verify passes, on time or late by more than a cycle", async () => {
    await stage.network.advance(3 * cycle);
    assert.notEqual((await ask("token", { Action: "Info" })).tag("Supply"), "0");
    assert.deepEqual(await failing(), []);
    const { config, file, units } = await stage.options(wallet);
    const now = async (): Promise<number> => stage.network.now() + 3 * cycle;
    const late = await verify({ config, file, units: { ...units, now }, attempts: 1 });
    assert.match(late.at(-1)!.detail, /^a mint cycle has been due for [69]00 seconds$/);
  });

  test("an upgrade keeps the state, and verify tells foreign code", async () => {
    const supply = (await ask("token", { Action: "Info" })).tag("Supply");
    const built = await buildBundles(stage.config);
    const { lua, module } = built.get("token")!;
    const changed = `${lua}\n-- changed\n`;
    const marked = changed.replace(/^TributaryCode = ".*"/, `TributaryCode = "${codeHash(changed)}"`);
    const other = new Map([...built, ["token", { lua: marked, codeHash: codeHash(changed), module }]]);
    assert.deepEqual(
      (await upgrade(await stage.options(wallet), other)).map(({ outcome }) => outcome),
      ["upgraded", "up to date", "up to date", "up to date"],
    );
    assert.equal((await ask("token", { Action: "Info" })).tag("Supply"), supply);
    assert.match((await failing()).join(), /^token is what this checkout builds: its Code-Hash is /);
  });

  test("an upgrade that was interrupted is sent once", async () => {
    const units = new FailingUnits();
    for (const moment of [/before/, /after/]) {
      await assert.rejects(upgrade(await stage.options(wallet, units.wrap)), moment);
    }
    const upgraded = await upgrade(await stage.options(wallet, units.wrap));
    assert.deepEqual(upgraded[0], { name: "token", outcome: "upgraded" });
    assert.deepEqual([...units.handed.values()], [1]);
    assert.deepEqual(await failing(), []);
  });

  test("a refusal is reported, and changes nothing", async () => {
    const built = await buildBundles(stage.config);
    const { module } = built.get("token")!;
    const other = new Map([...built, ["token", { lua: "handle =", codeHash: "none", module }]]);
    const [token] = await upgrade(await stage.options(wallet), other);
    assert.equal(token!.outcome, "refused");
    assert.match(token!.reason!, /^\[invalid-code\] /);
    assert.deepEqual(await failing(), []);
  });

  test("a factory's code is nobody's to change: an upgrade leaves it out, and verify compares with the record", async () => {
    const built = await buildBundles(stage.config);
    const { lua, module } = built.get("fair-launch-factory")!;
    const other = new Map([...built, ["fair-launch-factory", { lua, codeHash: "none", module }]]);
    const upgraded = await upgrade(await stage.options(wallet), other);
    assert.deepEqual(upgraded.at(-1), {
      name: "factory",
      outcome: "unchangeable",
      reason: "nobody can change its code; configure another one beside it",
    });
    assert.deepEqual(await failing(), []);
    const target = stage.reopen().record.processes.factory!.id;
    const id = await send(stage.network, { target, tags: { Action: "Upgrade" }, data: lua }, wallet);
    assert.match((await resultOf(stage.network, target, id)).Error!, /^\[renounced\] /);
  });

  test("verify tells code that somebody changed behind the record's back", async () => {
    const target = stage.reopen().record.processes.mint!.id;
    const { lua } = (await buildBundles(stage.config)).get("mint")!;
    const data = lua.replace(/^TributaryCode = ".*"/, 'TributaryCode = "another"');
    await send(stage.network, { target, tags: { Action: "Upgrade" }, data }, wallet);
    assert.deepEqual(
      (await failing()).map((line) => line.slice(0, 57)),
      ["mint is what this checkout builds: its Code-Hash is anoth"],
    );
  });

  test("the record has neither keys nor items that the network has", () => {
    const text = readFileSync(join(folder, "local.json"), "utf8");
    assert.ok(!text.includes('"item"'), text);
    assert.ok(text.length < 5_000);
  });
});

describe("a configuration", () => {
  const process = (...names: string[]) => ({ bundle: "token", tags: { Others: json(names.map(idOf)) } });

  test("spawns each process after those that it refers to", () => {
    assert.deepEqual(spawnOrder({ a: process("b", "c"), b: process("c"), c: process() }), ["c", "b", "a"]);
  });

  test("refuses a circle and an unknown name", () => {
    assert.throws(
      () => spawnOrder({ a: process("b"), b: process("a") }),
      /a refers to b refers to a: let a wire/,
    );
    assert.throws(() => spawnOrder({ a: process("b") }), /a refers to b, which is not configured/);
  });

  test("fills in what is known at the time", () => {
    const bundles = new Map([["b", { module: "module of b", code: "hash" }]]);
    const known = { ids: new Map([["a", "id of a"]]), bundles, deployer: "me", now: 5 };
    const values = { One: idOf("a"), Two: { now: true } as const, Three: json([{ x: { deployer: true } }]) };
    const filled = tagsOf({ One: "id of a", Two: "5", Three: '[{"x":"me"}]' });
    assert.deepEqual(fill(values, known), filled);
    assert.throws(() => fill({ One: idOf("b") }, known), /b has no id yet/);
    const launches = { Modules: json([{ module: moduleOf("b"), code: codeOf("b") }]) };
    assert.deepEqual(fill(launches, known), tagsOf({ Modules: '[{"module":"module of b","code":"hash"}]' }));
    assert.throws(() => fill({ One: moduleOf("c") }, known), /the module of c has not been uploaded yet/);
  });
});

test("a unit that can't be reached is one clear line", async () => {
  const nowhere = "http://127.0.0.1:9";
  const options = await stage.options(wallet);
  const units = unitsOf({ ...options.network, scheduler: nowhere });
  await assert.rejects(
    units.now(),
    (error) => error instanceof DeploymentError && /can't be reached/.test(error.message),
  );
});
