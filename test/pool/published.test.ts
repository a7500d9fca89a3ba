/** State by path: what a pool has published, put together, is what it answers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { tagValue } from "../../units/message.ts";
import { actors, poolHistories } from "../laws/pool-history.ts";
import { play, seed } from "../laws/pool-judge.ts";
import { places, type PoolSubject } from "../laws/pool-subject.ts";

function assertPublished(subject: PoolSubject): void {
  const all = subject.published;
  const ask = (Action: string, Recipient: string) => subject.ask({ Action, Recipient });
  for (const { name, value } of subject.ask({ Action: "Info" })) {
    const published = all.info?.[name.toLowerCase()];
    if (published !== undefined) assert.equal(published, value, name);
    else assert.match(name, /^(Action|Data-Protocol|Variant|Type|Reference|X-Reference)$/);
  }
  for (const account of [...actors, places.pool]) {
    assert.equal(all.balances?.[account] ?? "0", tagValue(ask("Balance", account), "Balance"));
    const claimable = ask("Get-Claimable", account);
    const claims = JSON.parse(all.claims?.[account] ?? "{}") as Record<string, string>;
    for (const [side, name] of ["Token-A-Quantity", "Token-B-Quantity"].entries())
      assert.equal(claims[places.tokens[side]!] ?? "0", tagValue(claimable, name));
    const pending = ask("Get-Pending-Provides", account);
    const deposit = all.deposits?.[account] ?? "";
    assert.equal(deposit === "" ? "false" : "true", tagValue(pending, "Provide-Found"));
    if (deposit === "") continue;
    const { token, quantity, deadline } = JSON.parse(deposit) as Record<string, string | number>;
    const found = ["Token", "Quantity", "Deadline"].map((name) => tagValue(pending, name));
    assert.deepEqual([token, quantity, `${deadline}`], found);
  }
}

test("what is published, put together, is what the reads say, after every step", () => {
  const property = fc.property(poolHistories(60), (history) => {
    play(history, ({ result, subject }) => {
      if (result.Error === undefined) assertPublished(subject);
    });
  });
  fc.assert(property, { seed, numRuns: 30 });
});
