/** Every action of the mint. */
import { identifier, walletAddress } from "../../../units/address.ts";
import { alice, Log } from "../log.ts";

const token = identifier("token");
const [first, second] = [walletAddress("first ledger"), walletAddress("second ledger")];
const cycle = 300_000;

export function mintLog(): Log {
  const start = 1_750_000_000_000;
  const shares = (ar: string, dai: string) => [
    { ledger: first, share: ar },
    { ledger: second, share: dai },
  ];
  const log = new Log("mint", "mint", {
    "Token-Process": token,
    "Start-Timestamp": `${start}`,
    Ledgers: JSON.stringify([
      { from: 0, shares: shares("1", "2") },
      { from: start + 3 * cycle, shares: shares("1", "1") },
    ]),
  });
  const tick = { Action: "Tick" };
  log.send(alice, tick).sends({ to: alice, data: '{"cycles":0,"minted":"0"}' });
  log.now += cycle - 1;
  log.cron(tick).sends();
  log.now += 1;
  log
    .cron(tick)
    .sends(
      { to: token, Action: "Mint", Recipient: first, "X-Action": "Distribute", "X-Cycle": "1" },
      { to: token, Action: "Mint", Recipient: second, "X-Action": "Distribute", "X-Cycle": "1" },
    );
  log.cron(tick).sends();
  log
    .send(alice, { ...tick, Reference: "5" })
    .sends({ "X-Reference": "5", data: '{"cycles":0,"minted":"0"}' });
  log.now += 5 * cycle;
  log.send(alice, tick).sends({ to: token }, { to: token }, { to: alice, Action: "Tick-Response" });
  log.send(alice, { Action: "Info" }).sends({ Cycle: "6", "Last-Error": "none", "Token-Process": token });
  log.push(token, { Action: "Mint-Error", Error: `a${"é".repeat(150)}` }).sends();
  log.push(alice, { Action: "Mint-Error", Error: "forged" }).sends();
  log.send(alice, { Action: "Info" }).sends({ "Last-Error": `a${"é".repeat(150)}` });
  log.send(alice, { Action: "Get-Emission" }).sends({ Action: "Get-Emission-Response" });
  for (const wanted of ["0", "1", "6", "1000", "10006"])
    log.dryRun({ Action: "Get-Emission", Cycle: wanted });
  log.send(alice, { Action: "Get-Emission", Cycle: "10007" }).refused("too-far");
  log.send(alice, { Action: "Get-Emission", Cycle: "-1" }).refused("invalid-number");
  log
    .push(token, { Action: "Credit-Notice", Sender: alice, Quantity: "9" })
    .sends({ to: token, Recipient: alice });
  log.now += 1_100 * cycle;
  log.send(alice, tick).sends({ to: token, "X-Cycle": "1006" }, { to: token }, { to: alice });
  log.send(alice, tick).sends({ to: token, "X-Cycle": "1106" }, { to: token }, { to: alice });
  log.send(alice, { Action: "Get-Emission", Cycle: "1000" }).sends({ to: alice });
  log.send(alice, { Action: "Info" }).sends({ Cycle: "1106" });
  return log;
}
