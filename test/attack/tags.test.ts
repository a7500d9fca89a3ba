/** What tags say and what they are called: names that runtimes give a meaning, repetition, floods, odd spellings. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Tag } from "../../units/message.ts";
import { assertIgnored, assertRefused } from "./observed.ts";
import { alice, battlefield, bob, type Sample, nameOf } from "./samples.ts";
import { sentBy } from "../scene/scene.ts";

const field = await battlefield();
const { attempt, samples } = field;

/**
 * Names of the unit's own fields. aos copies a tag over the field of the same name. Units take tags named exactly `Owner`
 * and `From` away; in another spelling they pass. `From`, `Target` and `Reference` are parameters: read as tags only.
 */
const reserved = [
  ...["Id", "OWNER", "Anchor", "Data", "Tags", "TagArray", "Timestamp", "Block-Height", "Nonce", "Epoch"],
  ...["Hash-Chain", "Cron", "Read-Only", "Signature", "Forwarded-By", "Module"],
];
const spellings = (name: string): readonly string[] => [
  name,
  name.toLowerCase(),
  name === "OWNER" ? "oWNER" : name.toUpperCase(),
];
const withTags = (sample: Sample, ...more: readonly Tag[]) => ({
  ...sample.attempt,
  tags: [...sample.attempt.tags, ...more],
});

for (const sample of samples) {
  test(`${nameOf(sample)}: a tag with the name of a unit's field, ${reserved.length} names`, async () => {
    const names = reserved.filter((name) => sample.named?.includes(name.toLowerCase()) !== true);
    for (const name of names.flatMap(spellings))
      for (const value of ["1", "9999999999999", "true"])
        assertRefused(await attempt(withTags(sample, { name, value })), "reserved-tag");
  });

  test(`${nameOf(sample)}: each tag that it reads, twice`, async () => {
    for (const name of sample.reads) {
      for (const spelled of [name, name.toLowerCase(), name.toUpperCase()]) {
        const first = sample.attempt.tags.find((tag) => tag.name === name)!;
        const twice = [first, { ...first, value: `${first.value}1` }, { ...first, value: "" }];
        for (const { value } of twice) {
          const outcome = await attempt(withTags(sample, { name: spelled, value }));
          if (name !== "Action" && sample.otherwise === "ignores") assertIgnored(outcome);
          else if (sample.action === "") assertRefused(outcome, "unknown-action");
          else assertRefused(outcome, "duplicate-tag");
        }
      }
    }
  });

  test(`${nameOf(sample)}: more tags than a message may have`, async () => {
    for (const count of [129, 10_000]) {
      const many = Array.from({ length: count }, (_, i) => ({ name: `T${i}`, value: "v" }));
      assertRefused(await attempt(withTags(sample, ...many)), "too-many-tags");
    }
  });
}

const homoglyphs: [name: string, why: string][] = [
  ["Quantıty", "dotless i"],
  ["Quantity\u200b", "zero-width space"],
  ["Quantity\u0000", "zero character"],
  ["Ｑuantity", "fullwidth Q"],
  [" Quantity", "leading space"],
  ["Quantity ", "trailing space"],
  ["Quаntity", "Cyrillic a"],
];
for (const [name, why] of homoglyphs) {
  test(`a tag that looks like Quantity (${why}) is another one`, async () => {
    const tags = [
      { name: "Action", value: "Transfer" },
      { name: "Recipient", value: bob },
      { name, value: "1" },
    ];
    assertRefused(await attempt({ target: field.token, from: alice, tags }), "missing-tag");
  });
}

// U+212A becomes k and U+0130 becomes i with a dot in a comparison by Unicode's rules; names compare by ASCII's.
for (const name of ["TO\u212aEN", "To\u212aen", "to\u212aen"]) {
  test(`${JSON.stringify(name)} is not Token`, async () => {
    const sample = samples.find(({ action }) => action === "Set-Multiplier")!;
    assertRefused(await attempt(withTags(sample, { name: "Token", value: "DAI" })), "duplicate-tag");
    const tags = sample.attempt.tags.filter((tag) => tag.name !== "Token");
    const outcome = await attempt({ ...sample.attempt, tags: [...tags, { name, value: "AR" }] });
    assertRefused(outcome, "missing-tag");
  });
}
for (const name of ["T\u0130MESTAMP", "\u0130d", "bloc\u212a-height", "timestamp ", "x-timestamp"]) {
  test(`${JSON.stringify(name)} is an ordinary tag`, async () => {
    const sample = samples.find(({ action }) => action === "Total-Supply")!;
    const { result } = await attempt(withTags(sample, { name, value: "1" }));
    assert.equal(result.Error, undefined);
  });
}

const values: [what: string, value: string][] = [
  ["a megabyte", "v".repeat(1 << 20)],
  ["control characters", "\u0000\u0001\n\r\t\u007f"],
  ["quotes and backslashes", `"\\"\\u0041"`],
  ["beyond the basic plane", "𝕏😀\u2028\uFEFF"],
];
for (const [what, value] of values) {
  test(`${what} in a tag that travels on arrives as it is`, async () => {
    const sample = samples.find(({ action }) => action === "Transfer")!;
    const tags = sample.attempt.tags
      .filter(({ name }) => !name.startsWith("X-Payout"))
      .map((tag) => (tag.name === "X-Note" ? { ...tag, value } : tag));
    const { result } = await attempt({ ...sample.attempt, tags });
    assert.equal(sentBy(result).length, 2);
    for (const message of sentBy(result))
      assert.equal(message.Tags?.find(({ name }) => name === "X-Note")?.value, value);
  });
}

test("a tag that travels on can't take the place of one of the notice's own", async () => {
  const more: Tag[] = [
    { name: "Sender", value: bob },
    { name: "x-sender", value: bob },
    { name: "X-Quantity", value: "999" },
  ];
  const tags = [
    { name: "Action", value: "Transfer" },
    { name: "Recipient", value: bob },
    { name: "Quantity", value: "1" },
    ...more,
  ];
  const { result } = await attempt({ target: field.token, from: alice, tags });
  for (const { Tags: sent = [] } of sentBy(result)) {
    assert.equal(sent.filter(({ name }) => name.toLowerCase() === "quantity").length, 1);
    assert.ok(sent.filter(({ name }) => name.toLowerCase() === "sender").length <= 1);
    assert.equal(sent.find(({ name }) => name === "Quantity")?.value, "1");
    for (const { name, value } of sent) if (name === "Sender") assert.equal(value, alice);
  }
});

test("a reference given twice is not repeated in the answer", async () => {
  const tags = ["Reference", "reference"].map((name, i) => ({ name, value: `${i}` }));
  const sample = samples.find(({ action }) => action === "Total-Supply")!;
  const { result } = await attempt(withTags(sample, ...tags));
  assert.equal(
    result.Messages[0]?.Tags?.some(({ name }) => name === "X-Reference"),
    false,
  );
});
