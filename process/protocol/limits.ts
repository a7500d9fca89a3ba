/** Every cap on work, size and number, in one place. A request beyond one of them is refused with the cap in the text. */
export const limits = {
  /** Decimal digits of an amount. */
  amountDigits: 38,
  /** Bytes of Data of an action that takes JSON. */
  jsonBytes: 65_536,
  /** Levels of arrays and objects in JSON. */
  jsonDepth: 16,
  /** Bytes of Data of an action that takes CSV. */
  csvBytes: 2_097_152,
  /** Rows of one CSV. */
  csvRows: 20_000,
  /** Tags of a message, and bytes of tags and Data together: what is once taken in makes a memory grow for good. */
  tags: 128,
  messageBytes: 2_162_688,
  /** Items of a list: the most that may be asked for, and what is given when nothing is asked. */
  pageItems: 1_000,
  defaultPageItems: 100,
  /** Positions of a list that one page may look at. */
  visitedPositions: 10_000,
  /** Delegations in one message, before anything else is said about their number. */
  preferences: 200,
  /** Entries of a map that one message publishes; the others come with the next. */
  publishedEntries: 1_000,
  /**
   * Message ids that a process remembers, to refuse a repeated one. Not a power of two: a Lua table that is exactly full
   * is built anew at each key that replaces another.
   */
  rememberedMessages: 5_000,
  /** Cycles that one tick of the mint makes up for. */
  cyclesPerTick: 1_000,
  /** Cycles after the last that the mint tells the emission of. */
  foreseenCycles: 10_000,
  /** Cycles that a ledger can be asked about. */
  rememberedCycles: 2_016,
  /** Tokens that a ledger counts. */
  tokens: 32,
  /** Others that a wallet may ever have delegated to and that remember it, as every change of the wallet walks along them. */
  rememberedEdges: 1_000,
  /** Edges that a check for cycles or depth may visit. */
  visitedEdges: 1_000,
  /** Rows of a complete snapshot that one message brings into effect. */
  snapshotRowsPerMessage: 50_000,
  /** Accounts that one message looks at, to find those that a full snapshot does not name. */
  sweptPositions: 200_000,
  /** Pages of a snapshot. */
  snapshotPages: 1_000,
  /** Rows of a page of a contribution report, and pages in one answer. */
  reportRows: 1_000,
  reportPages: 8,
  /** Payouts under way at a time, and how many of them one tick looks at. */
  pendingPayouts: 8_192,
  /** The same, beyond which no refund is begun. */
  pendingRefunds: 4_096,
  payoutsPerTick: 100,
  /** For how many of those a batch counts, which is as long as many of them. */
  batchWork: 10,
  /** Deposits of a pool of which one half has come, and how many overdue ones a tick sends back. */
  pendingDeposits: 4_096,
  depositsPerTick: 100,
  /** Characters of the tags that a pool lets travel on: they are kept for as long as the payout is open. */
  travellingCharacters: 1_024,
  /** Milliseconds after which a payout without an answer is sent again, or counted as unconfirmed. */
  payoutPatience: 600_000,
  /** Bytes of a fair launch's name and descriptions together: all tags of a spawn must fit 4,096. */
  termsTextBytes: 2_000,
  /** Bytes of the tags that a factory gives a launch, which leaves room for those that host/ and the messenger add. */
  spawnTagBytes: 3_400,
  /** Ledgers of a factory's launches, and versions of their code. */
  launchLedgers: 8,
  launchModules: 16,
  /** Bytes of the launch's bundle. */
  launchCodeBytes: 1_000_000,
  /** Launches that a factory keeps in its registry, and requests that wait for approval at a time. */
  launches: 100_000,
  awaitingApproval: 1_000,
  /** Milliseconds that a launch may start in the future: ten years. */
  furthestStart: 315_360_000_000,
  /** Questions to a child who it is, before it is spawned anew. */
  identityQuestions: 3,
  /** Bytes of the reason for a rejection. */
  reasonBytes: 500,
  /** Rows of launches that one message publishes; the others come with the next. */
  publishedRows: 50,
  /** Milliseconds since 1970 below which a number is no time but something else, such as seconds. */
  earliestStart: 100_000_000_000,
  /** Delegators that one message of a launch apportions to, and units that it hands out by remainder. */
  apportionedPerMessage: 5_000,
  /** Rows of a batch that a launch sends, and batches in one message. */
  batchRows: 1_000,
  batchesPerMessage: 10,
  /** Milliseconds after which a launch asks again for what has not come: its token's figures, a page of a report. */
  askAgain: 600_000,
  /** Milliseconds after which a launch shares out without what a ledger has not reported; that counts the next time. */
  collectionPatience: 21_600_000,
  /** Milliseconds after which a launch repeats its last report to the factory. */
  reportInterval: 3_600_000,
  /** Sessions of the index that wait for their legs. */
  sessions: 1_000,
  /** Launches whose tokens the index holds, and auctions that are open at a time. */
  baskets: 50,
  openAuctions: 16,
  /** Milliseconds between two readings of a pool, so that a price that is moved for a moment is no price. */
  poolInterval: 600_000,
  /** Bytes of a text that another process says of itself. */
  foreignText: 200,
  /** Milliseconds between two questions to the token for its own balance. */
  balanceInterval: 300_000,
  /** Sources that one price is made from. */
  priceSources: 16,
  /** Steps of a Dutch auction, all phases together. */
  auctionSteps: 10_000,
  /** Bids that a batch auction keeps, and how many of them are settled in one message. */
  batchBids: 1_000,
  batchBidsPerMessage: 100,
  /** Names that share the fair launches' third of an index. */
  basketNames: 50,
} as const;
