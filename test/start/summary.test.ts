/** What a day says when its books are wrong: loudly, to people and to programs. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Books } from "../../deployment/books.ts";
import { type Summary, summaryJson, summaryText } from "../../scripts/day/summary.ts";

const unit = 10n ** 42n;
/** What one cycle emits. */
const minted = 34_593_759_375_000n;
const right: Books = {
  ...{ supply: minted, balances: minted, holders: 1, holdersTold: 1, cap: 21n * 10n ** 18n },
  ...{ accrued: minted * unit - 5n, distributed: minted * unit - 5n, rest: 5n, waiting: 0n, fees: 0n },
  ...{ minted: minted * unit, mintedToLedger: minted, ledgerBalance: minted, ledgerBook: minted },
  ...{ pending: 0n, unconfirmed: 0n, surplus: 0n, wallets: 2, edges: 1 },
  ...{ cycles: 1, mintTotal: minted, emission: minted, toLedgers: minted },
  ...{ initial: 0n, tokenSupply: minted, burned: 0n },
};
const day = { network: { url: "http://127.0.0.1:1" }, modules: [] } as const;
const processes = { token: "t", ledger: "l", mint: "m", factory: "f" };

function tell(books: Books): { readonly text: string; readonly balanced: boolean } {
  const loading = { messages: 5, milliseconds: 1_000 };
  const summary: Summary = {
    wallets: 2,
    loading,
    times: [3, 1, 2],
    books,
    recipients: [],
    launches: [],
    wrongAfter: [],
  };
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

test("one unit too few in a book is told, with both sides, a line for each law", () => {
  const wrong: readonly (readonly [Partial<Books>, string])[] = [
    [
      { rest: 4n },
      `  MT1 Σ accrued + Σ rest + waiting = Σ minted: accrued + rest + waiting is ${minted * unit - 1n}, minted + fees is ${minted * unit}`,
    ],
    [
      { ledgerBalance: minted - 1n },
      "  the ledger has what its book says, but for payouts under way: the ledger's book without them is 34593759375000, the ledger's balance is 34593759374999\n" +
        "  ledger's book = ledger's balance: the ledger's book, with surplus is 34593759375000, what the token says that the ledger has is 34593759374999",
    ],
  ];
  for (const [part, words] of wrong) {
    const { text, balanced } = tell({ ...right, ...part });
    assert.ok(text.endsWith(`\nTHE BOOKS DO NOT BALANCE:\n${words}`), text);
    assert.equal(balanced, false);
  }
});
