/**
 * The peer that the specification describes: its four tables in SQLite, compiled to WebAssembly. Numbers are REAL, as
 * written there, and so not exact; there is no message to decode, and statements are prepared. All in its favour.
 */
import initialise, { type Database } from "sql.js";
import type { Population } from "../../units/population.ts";
import type { Row } from "../measures.ts";
import { processorTime, processorTimeEach, timeEach } from "../timing.ts";

/** Section 4.1 of the specification; `accrued` beside the final weight, where a cycle finds it without a join. */
const schema = `
  CREATE TABLE TokenMultiplier (
    token_type TEXT PRIMARY KEY, multiplier REAL NOT NULL, last_updated INTEGER NOT NULL);
  CREATE TABLE WalletHoldings (
    wallet_address TEXT NOT NULL, token_type TEXT NOT NULL, quantity REAL NOT NULL, last_updated INTEGER NOT NULL,
    PRIMARY KEY (wallet_address, token_type));
  CREATE INDEX idx_holdings_wallet ON WalletHoldings(wallet_address);
  CREATE TABLE DistributionState (
    wallet_address TEXT PRIMARY KEY, base_weight REAL NOT NULL, final_weight REAL NOT NULL,
    last_updated INTEGER NOT NULL, accrued REAL NOT NULL DEFAULT 0);
  CREATE TABLE Delegation (
    from_wallet TEXT NOT NULL, to_wallet TEXT NOT NULL, fraction REAL NOT NULL, last_updated INTEGER NOT NULL,
    PRIMARY KEY (from_wallet, to_wallet));
  CREATE INDEX idx_delegation_from ON Delegation(from_wallet);`;

/** Section 4.2.1, for all wallets. */
const baseWeights = `
  INSERT INTO DistributionState (wallet_address, base_weight, final_weight, last_updated)
  SELECT wallet_address, SUM(quantity * multiplier), 0, 0
  FROM WalletHoldings JOIN TokenMultiplier USING (token_type) GROUP BY wallet_address
  ON CONFLICT (wallet_address) DO UPDATE SET base_weight = excluded.base_weight;
  INSERT OR IGNORE INTO DistributionState (wallet_address, base_weight, final_weight, last_updated)
  SELECT to_wallet, 0, 0, 0 FROM Delegation;`;

/** Section 4.2.2, for all wallets. */
const finalWeights = `
  UPDATE DistributionState SET final_weight = base_weight;
  UPDATE DistributionState SET final_weight = final_weight - amount FROM (
    SELECT from_wallet, SUM(fraction * base_weight) AS amount
    FROM Delegation JOIN DistributionState ON wallet_address = from_wallet GROUP BY from_wallet)
  WHERE wallet_address = from_wallet;
  UPDATE DistributionState SET final_weight = final_weight + amount FROM (
    SELECT to_wallet, SUM(fraction * base_weight) AS amount
    FROM Delegation JOIN DistributionState ON wallet_address = from_wallet GROUP BY to_wallet)
  WHERE wallet_address = to_wallet;`;

/** Section 4.3. */
const payOut = `
  UPDATE DistributionState SET accrued = accrued + 34593759375000.0 * final_weight /
    (SELECT SUM(final_weight) FROM DistributionState);`;

/** Measures a cycle that recomputes the weights, a change of an edge, and a snapshot of all holdings. */
export async function measureSql(population: Population): Promise<Row["values"]> {
  const { Database: Sqlite } = await initialise();
  const database = new Sqlite();
  database.run(schema);
  for (const { token, denomination, multiplier } of population.tokens)
    database.run("INSERT INTO TokenMultiplier VALUES (?, ?, 0)", [
      token,
      Number(multiplier) / 10 ** denomination,
    ]);
  hold(database, population);
  insertAll(
    database,
    "INSERT INTO Delegation VALUES (?, ?, ?, 0)",
    population.delegations.flatMap(({ wallet, preferences }) =>
      preferences.map(({ walletTo, factor }) => [wallet, walletTo, factor / 10_000]),
    ),
  );
  database.run(baseWeights);
  const cycle = await processorTimeEach(2, () => database.run(`BEGIN; ${finalWeights} ${payOut} COMMIT`));
  const change = await changeEdges(database, population);
  const bytes = database.exec("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size");
  const milliseconds = await processorTime(() => {
    hold(database, population);
    database.run(baseWeights);
  });
  const rows = [...population.balances.values()].reduce((sum, list) => sum + list.length, 0);
  database.close();
  return {
    cycle,
    change: change.median,
    fullSnapshot: (rows / milliseconds) * 1000,
    memory: Number(bytes[0]!.values[0]![0]) / population.delegations.length,
  };
}

function hold(database: Database, { balances }: Population): void {
  const rows = [...balances].flatMap(([token, list]) =>
    list.map(({ wallet, amount }) => [wallet, token, Number(amount)]),
  );
  insertAll(database, "INSERT OR REPLACE INTO WalletHoldings VALUES (?, ?, ?, 0)", rows);
}

function insertAll(database: Database, sql: string, rows: readonly (string | number)[][]): void {
  database.run("BEGIN");
  const statement = database.prepare(sql);
  for (const row of rows) statement.run(row);
  statement.free();
  database.run("COMMIT");
}

/** One edge after the other: its fraction, and the final weights of both ends by the difference. */
async function changeEdges(database: Database, { delegations }: Population) {
  const setFraction = database.prepare(
    "UPDATE Delegation SET fraction = ? WHERE from_wallet = ? AND to_wallet = ?",
  );
  const fraction = database.prepare(
    "SELECT fraction FROM Delegation WHERE from_wallet = ? AND to_wallet = ?",
  );
  const addWeight = database.prepare(
    `UPDATE DistributionState SET final_weight = final_weight + ? *
      (SELECT base_weight FROM DistributionState WHERE wallet_address = ?) WHERE wallet_address = ?`,
  );
  const timing = await timeEach(
    200,
    (i) => delegations[(i * 7919) % delegations.length]!,
    ({ wallet, preferences: [edge] }) => {
      const { walletTo } = edge!;
      const added = 0.5 - Number(fraction.get([wallet, walletTo])[0]);
      setFraction.run([0.5, wallet, walletTo]);
      addWeight.run([-added, wallet, wallet]);
      addWeight.run([added, wallet, walletTo]);
    },
  );
  for (const statement of [setFraction, fraction, addWeight]) statement.free();
  return timing;
}
