/** What the index takes from a ledger's report, page by page. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { actors } from "../laws/index-history.ts";
import { founded, setPrice } from "../laws/index-founding.ts";
import { day, places, type TagRecord } from "../laws/index-subject.ts";

const [, bob] = actors as [string, string];

/** An index that has asked for its second report, and what its ledger says. */
function asked() {
  const { world, play } = founded();
  world.subject.wait(day);
  world.post(places.stranger, { Action: "Tick" });
  for (const [token, { price }] of [...play.quotes]) setPrice(world, play, token, price);
  const { contributions } = world.subject.state();
  const report = (tags: TagRecord, rows: string) =>
    world.post(
      places.ledger,
      {
        ...{ Action: "Contribution-Report", Reference: `${contributions.round}` },
        ...{ Page: "1", Pages: "1", Cycle: "2", Paid: "0", ...tags },
      },
      rows,
    );
  return { world, contributions, report };
}

describe("a page of a report", () => {
  for (const [what, tags] of [
    ["names itself twice", { page: "2" }],
    ["names another number of pages", { pages: "2" }],
    ["is beyond the last", { Page: "2" }],
    ["names two cycles", { cycle: "3" }],
    ["names two pages that follow", { "Next-Cursor": "1", "next-cursor": "2" }],
    ["says twice what was paid", { paid: "1" }],
    ["says of what was paid what is no amount", { Paid: "much" }],
  ] as const) {
    it(`that ${what} counts for nothing at all`, () => {
      const { contributions, report } = asked();
      const before = JSON.stringify(contributions);
      report(tags, `${bob},5000000`);
      assert.equal(JSON.stringify(contributions), before);
      report({}, `${bob},5000000`);
      assert.notEqual(JSON.stringify(contributions), before, "what is said without contradiction counts");
    });
  }

  it("that comes again is named once in the history", () => {
    const { world, report } = asked();
    report({}, `${bob},5000000`);
    report({}, `${bob},5000000`);
    world.pay(places.ledger, places.ao, 1_000_000n, {});
    const { history } = world.subject.state();
    assert.equal(history.length, 2);
    assert.equal(history[1]!.reports.length, 1);
  });
});
