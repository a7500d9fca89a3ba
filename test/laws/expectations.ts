/**
 * Which requests must be refused, and why: the codes that apply, derived from the model alone. A refusal for any other
 * reason is unexplained, and so is a request that should have been refused and was not.
 */
import { type Model, raised, setOf, type Wallet, withShare } from "./model.ts";
import { account, type Request, type Share } from "./requests.ts";

export interface Expectation {
  /** The codes of all reasons to refuse; none when the request must be carried out. */
  readonly reasons: ReadonlySet<string>;
  /** Whether it hangs on less than the tolerance: then either may happen. */
  readonly close: boolean;
}

export function expectationOf(model: Model, request: Request): Expectation {
  const reasons = new Set<string>();
  const close = judge(model, request, (code, applies) => {
    if (applies) reasons.add(code);
  });
  return { reasons, close };
}

type Reason = (code: string, applies: boolean) => void;

/** Names every reason that applies; true when the decision is too close to call. */
function judge(model: Model, request: Request, reason: Reason): boolean {
  switch (request.kind) {
    case "page":
      judgePage(model, request, reason);
      return false;
    case "multiplier": {
      const { oracle, governor } = model.rules;
      reason("not-allowed", ![oracle, governor].includes(request.from));
      reason("stale-version", request.version <= model.reports[request.token]!.version);
      return false;
    }
    case "delegation": {
      const { share, owner, from } = request;
      reason("not-yours", account(owner) !== account(from));
      reason("invalid-factor", share.factor > 10_000);
      if (share.factor > 10_000) return false;
      return judgeStatement(model, account(from), withShare(statementOf(model, from), request), reason);
    }
    case "delegations": {
      const address = account(request.from);
      const targets = request.shares.map(({ to }) => account(to));
      reason("stale-version", request.version <= (model.wallets.get(address)?.version ?? 0));
      reason("duplicate-target", new Set(targets).size < targets.length);
      return judgeStatement(model, address, setOf(address, request.shares), reason);
    }
    case "withdrawal": {
      const available = model.withdrawable(account(request.from));
      const wanted = request.quantity ?? 1n;
      reason("zero-quantity", wanted === 0n);
      reason("invalid-quantity", `${wanted}`.length > 38);
      reason("invalid-address", request.recipient === model.rules.ledger);
      reason("insufficient-yield", wanted > available);
      return isClose(model, wanted, available);
    }
    default:
      return false;
  }
}

function judgePage(model: Model, request: Extract<Request, { kind: "page" }>, reason: Reason): void {
  const { complete, arriving, rows, pages, mode } = model.reports[request.token]!;
  const continues = request.snapshot === arriving;
  reason("not-oracle", request.from !== model.rules.oracle);
  reason("invalid-page", request.snapshot === 0 || request.page === 0 || request.page > request.pages);
  reason("stale-snapshot", request.snapshot <= complete || request.snapshot < arriving);
  reason("snapshot-gap", request.mode === "delta" && request.snapshot !== complete + 1);
  reason("page-out-of-order", request.page !== (continues ? rows.length + 1 : 1));
  reason("page-out-of-order", continues && (request.pages !== pages || request.mode !== mode));
}

/** Removing shares is never refused; the other rules look at what is new or greater. */
function judgeStatement(
  model: Model,
  address: string,
  { stated }: Pick<Wallet, "stated">,
  reason: Reason,
): boolean {
  const { policies } = model.rules;
  const before = statementOf(model, address).stated;
  const changed = stated.filter(
    ({ to, factor }) => before.find((share) => share.to === to)?.factor !== factor,
  );
  reason(
    "fraction-too-small",
    changed.some(({ factor }) => factor < policies.smallestFraction),
  );
  const more = raised(before, stated);
  if (more.length === 0) return false;
  const total = stated.reduce((sum, { factor }) => sum + factor, 0);
  reason("too-many-delegations", stated.length > policies.fanOut);
  reason("over-delegation", policies.overDelegation === "reject" && total > 10_000);
  const added = more.filter(({ to }) => before.every((share) => share.to !== to));
  reason("cycle", !policies.allowCycles && added.some(({ to }) => leadsTo(model, to, address)));
  reason(
    "chain-too-deep",
    policies.deepestChain > 0 && added.some((share) => isTooDeep(model, address, share)),
  );
  if (policies.changeFee === 0n) return false;
  reason("fee", model.withdrawable(address) < policies.changeFee);
  return isClose(model, policies.changeFee, model.withdrawable(address));
}

function statementOf(model: Model, from: string): Pick<Wallet, "stated" | "keeps"> {
  return model.wallets.get(account(from)) ?? { stated: [], keeps: false };
}

function isClose(model: Model, wanted: bigint, available: bigint): boolean {
  const tolerance = model.tolerance / 10n ** 42n + 1n;
  return wanted <= available + tolerance && wanted + tolerance > available;
}

/** Whether what wallets have stated leads from one to another. */
function leadsTo(model: Model, from: string, goal: string): boolean {
  const seen = new Set<string>();
  const visit = (address: string): boolean => {
    if (address === goal) return true;
    if (seen.has(address)) return false;
    seen.add(address);
    return statementOf(model, address).stated.some(({ to }) => visit(to));
  };
  return visit(from);
}

function isTooDeep(model: Model, address: string, { to }: Share): boolean {
  return chainTo(model, address) + 1 + chainFrom(model, to) > model.rules.policies.deepestChain;
}

/** The longest chain of what wallets have stated that starts at a wallet, in steps. There are no cycles. */
function chainFrom(model: Model, address: string): number {
  const { stated } = statementOf(model, address);
  return Math.max(0, ...stated.map(({ to }) => 1 + chainFrom(model, to)));
}

/** The longest that ends at a wallet. */
export function chainTo(model: Model, address: string): number {
  let longest = 0;
  for (const [from, { stated }] of model.wallets) {
    if (stated.some(({ to }) => to === address)) longest = Math.max(longest, 1 + chainTo(model, from));
  }
  return longest;
}
