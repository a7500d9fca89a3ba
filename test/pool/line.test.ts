/** A line keeps its order, whoever leaves it: the same as an array. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { emptyLine, joinLine, leaveLine } from "../../process/collections/line.ts";

test("names leave from anywhere, the others keep their order, and nothing is left of those who left", () => {
  const moves = fc.array(fc.tuple(fc.boolean(), fc.nat(9)), { maxLength: 60 });
  const property = fc.property(moves, (drawn) => {
    const line = emptyLine();
    const names: string[] = [];
    for (const [joins, number] of drawn) {
      const name = `name ${number}`;
      const at = names.indexOf(name);
      if (joins && at < 0) {
        joinLine(line, name);
        names.push(name);
      } else if (at >= 0) {
        leaveLine(line, name);
        names.splice(at, 1);
      }
      assert.equal(line.first, names[0] ?? "");
      assert.equal(line.last, names.at(-1) ?? "");
      assert.equal(line.size, names.length);
      const walked: string[] = [];
      for (let each = line.first; each !== ""; each = line.behind[each] ?? "") walked.push(each);
      assert.deepEqual(walked, names);
      assert.equal(Object.keys(line.behind).length, Math.max(0, names.length - 1));
      assert.deepEqual(
        Object.values(line.before),
        Object.keys(line.before).map((each) => names[names.indexOf(each) - 1]),
      );
    }
  });
  fc.assert(property, { numRuns: 500 });
});
