/** Faults in what the ledger knows and how it changes: yield, shares, holdings. */
import { type Fault, faultsIn } from "./fault.ts";

export const ledgerFaults: readonly Fault[] = [
  ...faultsIn("process/ledger/accrual.ts", [
    [
      "token.seen[wallet] = index;",
      "if (seen === undefined) token.seen[wallet] = index;",
      "growth counted twice",
    ],
    [" && idle[wallet] !== true", "", "holdings too small to count earn"],
    [
      "add(withdrawn[wallet] ?? ZERO, fees[wallet] ?? ZERO)",
      "withdrawn[wallet] ?? ZERO",
      "fees are not taken off",
    ],
    [
      "return add(settled, multiplySmall(",
      "return add(ZERO, multiplySmall(",
      "an edge forgets what it has settled",
    ],
    ["add(keptNow, incomeOf(state, wallet))", "keptNow", "income from others is forgotten"],
  ]),
  ...faultsIn("process/ledger/edges.ts", [
    ["edges.since[edge] = own;", "", "an edge counts from its last change but one"],
    ["edges.count -= 1;", "", "edges that end still count"],
    ["wallets.delegators[to] = wallets.delegators[to]! - 1;", "", "delegators that leave still count"],
    ["free.push(place);", "", "a free position among a wallet's edges is forgotten"],
    ["edges.free.push(edge);", "", "a free edge is forgotten: memory grows for ever"],
    [
      "wallets.freeIncoming[to]?.pop() ?? incoming.length",
      "incoming.length",
      "free positions are not used again",
    ],
    [
      "if (edges.contributed[edge] !== undefined) edges.contributed[edge] = ZERO;",
      "",
      "a new edge inherits what an old one contributed",
    ],
    ["keptSince[wallet] = now;", "", "what is kept is counted again at the next change"],
    ["?? ZERO, UNIT) < 0", "?? ZERO, UNIT) <= 0", "exactly one unit contributed is forgotten"],
    [
      "if (following !== 0 || (state.edges.next[edge] ?? 0) !== 0)",
      "if (following !== 0)",
      "the last edge still points on to one that was dropped",
    ],
    [
      "else if (edges.stated[edge] !== undefined) edges.stated[edge] = factor;",
      "",
      "an older stated share stays",
    ],
  ]),
  ...faultsIn("process/ledger/delegation.ts", [
    ["if (raises) takeFee", "takeFee", "a fee for taking shares away"],
    ["  settle(state, wallet);\n", "", "a wallet is not settled before its shares change"],
    ["  settleKept(state, wallet);\n", "", "what a wallet kept is counted at its new share"],
    ["if (total > ALL &&", "if (total >= ALL &&", "exactly all is too much"],
    ["preferences.length > policies.fanOut", "preferences.length >= policies.fanOut", "the cap is one less"],
    [
      "factor < policies.smallestFraction",
      "factor <= policies.smallestFraction",
      "the smallest share is refused",
    ],
    ["raised) > limits.rememberedEdges", "raised) >= limits.rememberedEdges", "the past is one shorter"],
    ["!.target > preference.target", "!.target < preference.target", "sets in descending order"],
    [
      "(sum, { factor }) => sum + factor",
      "(sum, { stated }) => sum + stated",
      "shares out before normalising",
    ],
    ["  countChains(state, wallet, -1);\n", "", "chains that end still count"],
    ["compare(available, changeFee) >= 0", "compare(available, changeFee) > 0", "a fee that is just covered"],
    ["  state.feesWaiting = add(state.feesWaiting, changeFee);\n", "", "fees are given to nobody"],
    ["for (const edge of dropped) carry(state, edge, 0, 0, own);", "", "dropped shares stay in force"],
    ["state.wallets.explicit[wallet] === true || ", "", "a default for a wallet that keeps its yield"],
    [") + 1 + height > deepestChain", ") + height > deepestChain", "a chain one too deep"],
    [
      "=> factor > factorIn(before, target));\n  if (raises)",
      "=> factor !== 0);\n  if (raises)",
      "a fee to lower a share",
    ],
  ]),
  ...faultsIn("process/ledger/graph.ts", [
    [
      "if (below + 1 > height) height = below + 1;",
      "height = below + 1;",
      "the last chain instead of the longest",
    ],
    ["if (state.wallets.explicit[wallet] !== true) return [];", "", "defaults count as links of a chain"],
    ["counts[counts.length - 1] === 0) counts.pop();", "false) counts.pop();", "depth never falls"],
    ["countChain(state, further, before + 1, -1);", "", "chains further on are counted twice"],
  ]),
  ...faultsIn("process/ledger/stakes.ts", [
    [
      "if (isChanged) settleToken(state, token, wallet);",
      "",
      "an amount changes before its yield is counted",
    ],
    ["  settleToken(state, token, target);\n", "", "delegated stake changes before its yield is counted"],
    ["smallestBaseWeight) < 0", "smallestBaseWeight) <= 0", "a weight just at the threshold does not count"],
    ["power10(18 - token.denomination)", "power10(token.denomination)", "denominations the wrong way round"],
    ["token === changed ? counted : isIdle", "isIdle", "what counted before is taken from the new amount"],
    [
      "  for (const token of state.tokens) {\n    settleToken(state, token, wallet);\n  }\n",
      "",
      "holdings start to count before the time is settled",
    ],
  ]),
  ...faultsIn("process/ledger/distribution.ts", [
    ["add(part, token.rest)", "part", "the last rest is lost"],
    ["token.rest = remainder;", "", "a rest is given out again and again"],
    ["  state.feesWaiting = ZERO;\n", "", "fees are distributed again and again"],
    ["if (cycle > state.cycle) state.cycle", "state.cycle", "the cycle falls back"],
    ["if (isBetweenSnapshots(state)) return;", "", "a cycle on half a snapshot"],
    ["state.waiting[tokenClass] = ZERO;", "", "what waited is distributed and still waits"],
    [
      "cycleCount % limits.rememberedCycles",
      "cycleCount % (limits.rememberedCycles + 1)",
      "the ring is too long",
    ],
  ]),
  ...faultsIn("process/ledger/snapshots.ts", [
    ["page.snapshot <= snapshot.complete", "page.snapshot < snapshot.complete", "a snapshot may come twice"],
    [
      "page.snapshot !== snapshot.complete + 1",
      "page.snapshot < snapshot.complete + 1",
      "a delta may skip one",
    ],
    [
      "snapshot.mode = page.mode;\n    while (snapshot.texts.length > 0) snapshot.texts.pop();",
      "snapshot.mode = page.mode;",
      "pages of an unfinished snapshot stay",
    ],
    ["snapshot.arriving = 0;", "", "a complete snapshot is still arriving"],
    [
      "subtract(snapshot.bridgedTotal[wallet]!, amount);",
      "snapshot.bridgedTotal[wallet]!;",
      "a bridged sum stays",
    ],
    [
      "if (former !== undefined) change",
      "if (former === -1) change",
      "an amount counts for source and recipient",
    ],
    ["snapshot.bridged.extent)", "snapshot.bridged.extent - 1)", "the last bridged address is never swept"],
    [
      "!== snapshot.complete) {\n        const direct",
      "=== snapshot.complete) {\n        const direct",
      "sweep who was named",
    ],
  ]),
  ...faultsIn("process/ledger/wallets.ts", [
    [" || hasIncoming(state, wallet)", "", "a wallet that others delegate to is forgotten"],
    [" || (wallets.version[wallet] ?? 0) !== 0", "", "a version is forgotten with its set"],
    [" || isSomething(wallets.income[wallet])", "", "income from others is forgotten"],
    ["if (wallets.idle[wallet] !== undefined) wallets.idle[wallet] = false;", "", "a new wallet starts idle"],
  ]),
];
