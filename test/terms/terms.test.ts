/** The terms of a launch: what is allowed, what is refused, and that spawn tags say the same again. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { received } from "../../process/host/arrival.ts";
import { formatNatural, parseNatural } from "../../process/math/natural.ts";
import { limits } from "../../process/protocol/limits.ts";
import { isRefusal } from "../../process/protocol/refusal.ts";
import { byteLength } from "../../process/protocol/text.ts";
import { parseDate } from "../../process/terms/dates.ts";
import { readTerms } from "../../process/terms/read-terms.ts";
import { allocationDown, endOf, type Terms, termsTags } from "../../process/terms/terms.ts";
import { walletAddress } from "../../units/address.ts";
import { tagsOf } from "../../units/message.ts";

const [sender, treasury, token] = ["sender", "treasury", "token"].map((name) => walletAddress(name));
const day = 86_400_000;

const required = {
  Name: "Ocean",
  Treasury: treasury!,
  "Token-Process": token!,
  "Token-Supply": "1000000",
  "Decay-Factor": "0.95",
  "Starts-At-Timestamp": "2026-12-01",
};

function read(tags: Readonly<Record<string, string | undefined>>) {
  const given = Object.entries({ ...required, ...tags }).filter(([, value]) => value !== undefined);
  return readTerms(
    { tags: received(tagsOf(Object.fromEntries(given))) },
    {
      sender: sender!,
      periods: 180,
    },
  );
}

function terms(tags: Readonly<Record<string, string | undefined>> = {}): Terms {
  const result = read(tags);
  if (isRefusal(result)) assert.fail(result.text);
  return result;
}

function refused(tags: Readonly<Record<string, string | undefined>>): string {
  const result = read(tags);
  assert.ok(isRefusal(result), JSON.stringify(tags));
  return `[${result.refused}] ${result.text}`;
}

describe("the terms of a launch", () => {
  it("has defaults for what a client leaves out", () => {
    const { deployer, initializer, periods, batchTransfers, start } = terms();
    assert.deepEqual(
      { deployer, initializer, periods, batchTransfers, start },
      {
        deployer: sender,
        initializer: sender,
        periods: 180,
        batchTransfers: false,
        start: Date.UTC(2026, 11),
      },
    );
  });

  it("says in spawn tags what it read", () => {
    fc.assert(
      fc.property(
        fc.record({
          Name: fc.string({ minLength: 1, maxLength: 40, unit: "grapheme" }),
          "Token-Supply": fc.oneof(
            fc.bigInt(1n, 10n ** 38n - 1n).map(String),
            fc.constantFrom("10%", "0.000000000000000001%", "100%", "33.30%"),
          ),
          "Decay-Factor": fc.constantFrom(
            "0.95",
            "0.9500",
            "aggressive",
            "Moderate",
            "linear-like",
            "0.000000000000000001",
          ),
          Duration: fc.integer({ min: 3, max: 3650 }).map(String),
          "Starts-At-Timestamp": fc.integer({ min: 100_000_000_000, max: 4_000_000_000_000 }).map(String),
          "Are-Batch-Transfers-Possible": fc.constantFrom("true", "false", undefined),
          "Telegaram-Handle": fc.constantFrom("@ocean", undefined),
          "Long-Description": fc.string({ maxLength: 200 }),
          Socials: fc.constantFrom('{"Discord":"x"}', undefined),
        }),
        (tags) => {
          const first = terms(tags);
          const again = readTerms(
            { tags: received(termsTags(first).map(([name, value]) => ({ name, value }))) },
            { sender: token!, periods: 1 },
          );
          assert.deepEqual(again, first);
        },
      ),
    );
  });

  it("counts an end as whole periods, rounded up", () => {
    const start = Date.UTC(2026, 11);
    assert.equal(terms({ "Ends-At-Timestamp": "2026-12-31" }).periods, 30);
    assert.equal(terms({ "Ends-At-Timestamp": `${start + 30 * day + 1}` }).periods, 31);
    assert.equal(endOf(terms({ Duration: "30" })), start + 30 * day);
  });

  it("rounds a share of the supply down", () => {
    const { size } = terms({ "Token-Supply": undefined, "Token-Share": "33.3" });
    assert.equal(formatNatural(allocationDown(size, parseNatural("1001")!)), "333");
  });

  it("approximates a linear decline by name", () => {
    assert.equal(
      terms({ "Decay-Factor": "linear-like", Duration: "180" }).decayFactor,
      "0.99441340782122905",
    );
  });

  for (const [tags, text] of [
    [{ Name: undefined }, "[missing-tag] Name is required!"],
    [{ Treasury: "me" }, "[invalid-address] Treasury must be an address"],
    [{ "Token-Supply": undefined }, "[missing-tag] Token-Supply is required!"],
    [{ "Token-Supply": "1e6" }, "[invalid-quantity] Token-Supply must be a whole number of smallest units"],
    [{ "Token-Supply": "0" }, "[zero-quantity] Token-Supply must be greater than 0"],
    [{ "Token-Supply": "101%" }, "[invalid-share] A share must be a percentage above 0 and up to 100"],
    [{ "Token-Supply": undefined, "Token-Share": "-1" }, "[invalid-share]"],
    [{ "Token-Share": "5" }, "[contradiction] Give either Token-Supply or Token-Share"],
    [{ "Decay-Factor": "1" }, "[invalid-decay-factor] Decay-Factor must be a decimal between 0 and 1"],
    [{ "Decay-Factor": "0" }, "[invalid-decay-factor]"],
    [{ "Decay-Factor": ".95" }, "[invalid-decay-factor]"],
    [{ "Decay-Factor": "0.1234567890123456789" }, "[invalid-decay-factor]"],
    [{ "Decay-Factor": "linear-like", Duration: "2" }, "[invalid-decay-factor]"],
    [{ "Starts-At-Timestamp": "1767225600" }, "[invalid-date] The start must be a date (YYYY-MM-DD)"],
    [{ "Starts-At-Timestamp": "2026-02-29" }, "[invalid-date]"],
    [{ "Start-Date": "2026-12-02" }, "[contradiction]"],
    [{ "Ends-At-Timestamp": "2026-12-01" }, "[invalid-date] Ends-At-Timestamp must be after the start"],
    [{ "Ends-At-Timestamp": "2026-12-31", Duration: "31" }, "[contradiction]"],
    [{ Duration: "0" }, "[invalid-duration] A launch must last 1 to 3650 days"],
    [{ Duration: "3651" }, "[invalid-duration]"],
    [{ Duration: "1.5" }, "[invalid-number]"],
    [{ "Are-Batch-Transfers-Possible": "yes" }, "[invalid-flag]"],
    [{ Socials: "[]" }, "[invalid-socials]"],
    [{ "Token-Denomination": "twelve" }, "[invalid-number]"],
    [{ "Long-Description": "ü".repeat(1000) }, "[too-long]"],
  ] as const) {
    it(`refuses ${JSON.stringify(tags).slice(0, 60)}`, () => {
      assert.ok(refused(tags).startsWith(text), refused(tags));
    });
  }
});

it("texts may be as long as is said, and not a byte longer", () => {
  const length = limits.termsTextBytes - required.Name.length;
  assert.equal(terms({ "Long-Description": "x".repeat(length) }).description.longText.length, length);
  assert.match(refused({ "Long-Description": "x".repeat(length + 1) }), /^\[too-long\]/);
});

it("parseDate reads what Date.parse reads, and no other day", () => {
  fc.assert(
    fc.property(fc.date({ min: new Date(0), max: new Date("9999-12-31"), noInvalidDate: true }), (date) => {
      const text = date.toISOString().slice(0, 10);
      assert.equal(parseDate(text), Date.parse(text));
    }),
  );
  for (const text of [
    "1969-12-31",
    "2026-00-10",
    "2026-13-01",
    "2026-04-31",
    "2100-02-29",
    "2026-1-01",
    "x026-01-01",
  ])
    assert.equal(parseDate(text), undefined, text);
  assert.equal(parseDate("2000-02-29"), Date.UTC(2000, 1, 29));
});

it("byteLength counts UTF-8", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      assert.equal(byteLength(text), Buffer.byteLength(text));
    }),
  );
});
