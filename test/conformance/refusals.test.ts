/** The logs are complete: they use every action, and bring about every refusal that process/ knows. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { factory } from "../../process/fair-launch-factory/actions.ts";
import { fairLaunch } from "../../process/fair-launch/actions.ts";
import { ledger } from "../../process/ledger/actions.ts";
import { mint } from "../../process/mint/actions.ts";
import { index } from "../../process/pi/actions.ts";
import { pool } from "../../process/pool/actions.ts";
import { token } from "../../process/token/actions.ts";
import { allLogs } from "./logs/all.ts";
import { definitions } from "../scene/runtimes.ts";
import { replayOnNode } from "./replay.ts";

/** Refusals that no log has, and the test that has them. */
const elsewhere: Readonly<Record<string, string>> = {
  "auction-closed": "test/pi/discovery.test.ts: the reason of a refund, as a notice never fails",
  "registry-full": "test/factory/bounds.test.ts",
  "malformed-message": "aos.test.ts and upgrade.test.ts: Node's types don't allow one",
  "unsupported-runtime": "aos.test.ts",
  "not-upgradable": "upgrade.test.ts",
  "invalid-code": "upgrade.test.ts",
  "upgrade-failed": "upgrade.test.ts",
  "wrong-process": "upgrade.test.ts",
  "newer-state": "upgrade.test.ts",
  "missing-migration": "upgrade.test.ts",
};

const logs = allLogs();
const folder = new URL("../../process/", import.meta.url);
/** Processes that have logs, and what all processes share. */
const rooms = [
  ...["token", "mint", "ledger", "pool", "fair-launch-factory", "fair-launch", "terms", "pi"],
  ...["contributions"],
  ...["host", "protocol", "payouts", "balances", "collections", "math"],
];

test("every refusal is brought about", async () => {
  const produced = new Set(Object.keys(elsewhere));
  for (const log of logs) {
    for (const { error } of await replayOnNode(log)) {
      const code = error === undefined ? undefined : /^\[([a-z-]+)\] ./.exec(error)?.[1];
      if (code !== undefined) produced.add(code);
    }
  }
  const known = new Set<string>();
  for (const room of rooms) {
    const paths = readdirSync(new URL(`${room}/`, folder), { recursive: true, encoding: "utf8" });
    for (const path of paths.filter((name) => name.endsWith(".ts"))) {
      const text = readFileSync(new URL(`${room}/${path}`, folder), "utf8");
      for (const [, code] of text.matchAll(/\brefuse\(\s*"([^"]+)"/g)) known.add(code!);
    }
  }
  assert.ok(known.size > 50, `${known.size} codes`);
  assert.deepEqual([...known].filter((code) => !produced.has(code)).sort(), []);
  assert.deepEqual([...produced].filter((code) => !known.has(code)).sort(), []);
});

test("every action is used", () => {
  for (const process of [token, mint, ledger, pool, factory, fairLaunch, index]) {
    const used = new Set<string>();
    for (const log of logs.filter(({ process: name }) => definitions[name].name === process.name)) {
      for (const { message } of log.steps) {
        used.add(message.Tags.find(({ name }) => name === "Action")?.value ?? "");
      }
    }
    assert.deepEqual(
      [...process.actions.keys()].filter((action) => !used.has(action)),
      [],
      process.name,
    );
  }
});
