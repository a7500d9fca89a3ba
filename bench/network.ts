/** What the local network carries over HTTP: throughput by kind of signature, and latencies. */
import { measureThroughput, type Throughput } from "../units/throughput.ts";
import type { Figures } from "./counts.ts";
import type { Row } from "./measures.ts";

const subject = "network over HTTP, compact token";

/** Two cores have so many milliseconds of processor time a second. */
const twoCores = 2_000;

/** The row, and the figures that have a budget. */
export async function measureNetwork(): Promise<{ readonly row: Row; readonly figures: Figures }> {
  const measured = await measureThroughput({ messages: 1_000 });
  return { row: rowOf(measured), figures: carriedByTwoCores(measured) };
}

function rowOf({ ed25519, ethereum, arweave, answered, message, arweaveMessage, dryRun }: Throughput): Row {
  return {
    subject,
    wallets: 0,
    values: {
      ed25519: ed25519.whole.messages,
      ed25519Network: ed25519.signedBefore.messages,
      ed25519Cpu: ed25519.signedBefore.cpu,
      ed25519Signing: ed25519.signing,
      ethereum: ethereum.whole.messages,
      ethereumNetwork: ethereum.signedBefore.messages,
      ethereumCpu: ethereum.signedBefore.cpu,
      ethereumSigning: ethereum.signing,
      arweave: arweave.whole.messages,
      arweaveNetwork: arweave.signedBefore.messages,
      arweaveCpu: arweave.signedBefore.cpu,
      arweaveSigning: arweave.signing,
      answered: answered.messages,
      messageMedian: message.p50,
      messageSlow: message.p95,
      arweaveMedian: arweaveMessage.p50,
      arweaveSlow: arweaveMessage.p95,
      dryRunMedian: dryRun.p50,
      dryRunSlow: dryRun.p95,
    },
  };
}

/**
 * Messages a second, from signing to the result, for which two free cores have the processor time: what other programs
 * on the machine change little. Client and network share the cores.
 */
function carriedByTwoCores({ ed25519, ethereum, arweave }: Throughput): Figures {
  const kinds = { Ed25519: ed25519, Ethereum: ethereum, Arweave: arweave };
  return Object.fromEntries(
    Object.entries(kinds).map(([kind, { whole }]) => [
      `messages a second by processor time, ${kind}`,
      twoCores / whole.cpu,
    ]),
  );
}
