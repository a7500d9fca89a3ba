/** What a day says when its books are wrong: loudly, to people and to programs. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Books } from "../../deployment/books.ts";
import { type Summary, summaryJson, summaryText } from "../../scripts/day/summary.ts";

const unit = 10n ** 42n;
const right: Books = {
  ...{ accrued: 7n * unit - 5n, rest: 5n, waiting: unit, fees: 0n, minted: 8n * unit },
  ...{ supply: 8n, mintTotal: 8n, ledgerBalance: 8n, ledgerBook: 8n },
  ...{ wallets: 2, edges: 1, cycles: 1 },
};
const day = { network: { url: "http://127.0.0.1:1" }, modules: [] } as const;
const processes = { token: "t", ledger: "l", mint: "m" };

function tell(books: Books): { readonly text: string; readonly balanced: boolean } {
  const loading = { messages: 5, milliseconds: 1_000 };
  const summary: Summary = { wallets: 2, loading, times: [3, 1, 2], books, recipients: [] };
  const json = JSON.parse(summaryJson(summary, { ...day, processes }, 9)) as { balanced: boolean };
  return { text: summaryText(summary, 9), balanced: json.balanced };
}

test("books that balance are called so", () => {
  const { text, balanced } = tell(right);
  assert.match(
    text,
    /\n5 signed messages in 1\.0 s \(5 a second\); a cycle took 2\.0 ms; all of it 0\.0 s\n/,
  );
  assert.match(text, /All books balance, to the last unit\.$/);
  assert.equal(balanced, true);
});

test("one unit too few in any book is told, with both sides", () => {
  const wrong: readonly (readonly [Partial<Books>, RegExp])[] = [
    [{ rest: 4n }, /accrued \+ rest \+ waiting is 7999999\d+, minted \+ fees is 8000000\d+/],
    [{ supply: 7n }, /the token's supply is 7, the mint's total is 8/],
    [{ ledgerBalance: 7n }, /the ledger has 7, the ledger's books say 8/],
  ];
  for (const [part, words] of wrong) {
    const { text, balanced } = tell({ ...right, ...part });
    assert.match(text, /THE BOOKS DO NOT BALANCE: /);
    assert.match(text, words);
    assert.equal(balanced, false);
  }
});
