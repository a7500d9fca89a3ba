/** A factory under Node that histories are played on, and what it shows of itself. */
import assert from "node:assert/strict";
import { nodeHost, type NodeHost, type NodeResult } from "../../process/host/node.ts";
import { parametersHash } from "../../process/protocol/parameters-hash.ts";
import { identifier } from "../../units/address.ts";
import { tagsOf, tagValue } from "../../units/message.ts";
import { Log, type Step } from "../conformance/log.ts";
import { definitions } from "../scene/runtimes.ts";
import {
  ao,
  factoryTags,
  firstModule,
  reportData,
  requestTags,
  secondModule,
} from "../scene/launch-requests.ts";
import type { TagRecord } from "../scene/scene.ts";
import {
  approver,
  feeRecipient,
  owner,
  people,
  type RegistryHistory,
  type RegistryStep,
} from "./registry-history.ts";
import { FEE, PATIENCE, RegistryModel, type Request, type Spawn } from "./registry-model.ts";

const modules = [firstModule, secondModule, identifier("third module")] as const;

export type RowJson = Readonly<Record<string, string | number>>;

export class Registry {
  readonly model: RegistryModel;
  readonly log: Log;
  readonly host: NodeHost<unknown>;
  /** Every child that was ever told of, and what it was spawned as. */
  readonly children: { readonly id: string; readonly spawn: Spawn }[] = [];
  readonly spawnTags = new Map<Spawn, readonly { readonly name: string; readonly value: string }[]>();
  readonly creations: Step[] = [];

  constructor({ guarded }: RegistryHistory) {
    const guards = { "Creation-Fee": `${FEE}`, "Fee-Recipient": feeRecipient, Approver: approver };
    const versions = modules.slice(0, 2).map((module) => ({ module, code: "" }));
    this.log = new Log(
      "registry",
      "fair-launch-factory",
      factoryTags({
        "Spawn-Patience": `${PATIENCE}`,
        "Launch-Modules": JSON.stringify(versions),
        ...(guarded ? guards : {}),
      }),
    );
    this.model = new RegistryModel({ guarded, owner, approver, feeRecipient, modules: modules.slice(0, 2) });
    this.model.now = this.log.now;
    this.host = nodeHost(definitions["fair-launch-factory"]);
    this.#evaluate(this.log.steps[0]!);
  }

  /** Plays a step on both, and demands the verdict that the model gives. */
  play(step: RegistryStep): void {
    const { model, log } = this;
    const person = (index: number) => people[index]!;
    switch (step.kind) {
      case "create": {
        const id = log.nextId();
        const start = model.now + step.after;
        const message = log.send(person(step.by), requestTags(start, { Deployer: person(step.deployer) }));
        const verdict = model.create(id, person(step.by), person(step.deployer), start);
        const result = this.#expect(message, verdict);
        if (verdict !== "ok") return;
        this.creations.push(message);
        if (!model.guarded) this.#spawnOf(result, model.requests.at(-1)!);
        else assert.deepEqual(result.Spawns, []);
        return;
      }
      case "again": {
        const message = at(this.creations, step.which);
        if (message !== undefined) this.#expect(message, "repeated");
        return;
      }
      case "spawned":
        return this.#spawned(at(model.spawns, step.which), step.forged);
      case "identity":
        return this.#identity(step);
      case "report": {
        const child = at(this.children, step.which);
        if (child === undefined) return;
        const data = reportData({
          ...{ status: step.status, accumulated_qty: `${step.accumulated}` },
          total_yield_ticks: `${step.ticks}`,
        });
        const tags = { Action: "FLP-Report", Sequence: `${step.sequence}` };
        this.#expect(log.push(child.id, tags, data), model.report(child.id, step.sequence, step));
        return;
      }
      case "pay": {
        const notice = { Action: "Credit-Notice", Sender: person(step.by), Quantity: `${step.quantity}` };
        const action = step.isFee ? "Creation-Fee" : "Gift";
        this.#expect(log.push(ao, { ...notice, "X-Action": action }), "ok");
        model.pay(person(step.by), step.quantity, step.isFee);
        return;
      }
      case "withdraw": {
        const tags = { Action: "Withdraw-Creation-Fee", Account: person(step.account) };
        const isOpen = model.guarded || step.by === step.account;
        const verdict = model.withdraw(person(step.by), person(step.account));
        this.#expect(log.send(person(step.by), tags), isOpen ? verdict : "not-owner");
        return;
      }
      case "answer": {
        const number = at([...model.open.keys()], step.which) ?? model.payouts + 1;
        const action = step.settled ? "Debit-Notice" : "Transfer-Error";
        const from = step.forged ? people[0]! : ao;
        this.#expect(log.push(from, { Action: action, "X-Payout": `${number}` }), "ok");
        if (!step.forged) model.answer(number, step.settled);
        return;
      }
      case "wait":
        model.now = log.now += step.milliseconds;
        return;
      default:
        return this.#decide(step);
    }
  }

  #decide(step: Extract<RegistryStep, { readonly by: number }>): void {
    const { model, log } = this;
    const from = people[step.by]!;
    if (step.kind === "pause" || step.kind === "resume") {
      const pausing = step.kind === "pause";
      const verdict = from !== owner ? "not-owner" : model.paused === pausing ? "already-set" : "ok";
      this.#expect(log.send(from, { Action: pausing ? "Pause-Creation" : "Resume-Creation" }), verdict);
      if (verdict === "ok") model.paused = pausing;
    } else if (step.kind === "deprecate") {
      const module = modules[step.module]!;
      const known = model.modules.includes(module) ? "ok" : "unknown-module";
      const open = model.deprecated.has(module) ? "already-set" : known;
      const verdict = from === owner ? open : "not-owner";
      this.#expect(log.send(from, { Action: "Deprecate-Module", "Launch-Module": module }), verdict);
      if (verdict === "ok") model.deprecated.add(module);
    } else if (step.kind === "retry" || step.kind === "approve" || step.kind === "reject") {
      const request = at(model.requests, step.which);
      if (request === undefined) return;
      const action = { retry: "Retry-Spawn", approve: "Approve-FLP", reject: "Reject-FLP" }[step.kind];
      const message = log.send(from, { Action: action, "Request-Id": request.id });
      const verdict = model[step.kind](request, from);
      const result = this.#expect(message, verdict === "spawn" ? "ok" : verdict);
      if (verdict === "spawn") this.#spawnOf(result, request);
      else assert.deepEqual(result.Spawns, []);
    }
  }

  /** Exactly one spawn has gone out, for this request and of the module that is in use. */
  #spawnOf({ Spawns }: NodeResult, request: Request): void {
    assert.equal(Spawns.length, 1);
    const { Tags } = Spawns[0]!;
    assert.equal(tagValue(Tags, "Request-Id"), request.id);
    assert.equal(tagValue(Tags, "Module"), this.model.module);
    assert.equal(tagValue(Tags, "Deployer"), request.deployer);
    assert.equal(tagValue(Tags, "Starts-At-Timestamp"), `${request.start}`);
    this.model.spawn(request, parametersHash(Tags));
    this.spawnTags.set(this.model.spawns.at(-1)!, Tags);
  }

  #spawned(spawn: Spawn | undefined, forged: boolean): void {
    if (spawn === undefined) return;
    const tags = this.spawnTags.get(spawn)!;
    const child = identifier("child", this.log.steps.length);
    if (forged) {
      const own = tags.filter(({ name }) => !["Module", "From-Process", "From-Module"].includes(name));
      const notice = [...own, ...tagsOf({ Action: "Spawned", Process: child })];
      this.#expect(this.log.send(people[0]!, notice), "forged-notice");
      this.#expect(this.log.push(people[1]!, notice), "forged-notice");
      return;
    }
    this.#expect(this.log.spawned(tags, child), "ok");
    this.children.push({ id: child, spawn });
    this.model.spawned(spawn, child);
  }

  #identity({ which, wrong, stranger }: Extract<RegistryStep, { readonly kind: "identity" }>): void {
    const child = at(this.children, which);
    if (child === undefined) return;
    const { module, hash } = child.spawn;
    const word: TagRecord = { Module: module, "Parameters-Hash": hash, Ownership: "renounced" };
    const said = { Action: "Identity-Response", ...word, ...(wrong === "" ? {} : { [wrong]: "other" }) };
    this.#expect(this.log.push(stranger ? people[1]! : child.id, said), "ok");
    if (!stranger) this.model.identity(child.id, wrong === "");
  }

  #expect(step: Step, verdict: string): NodeResult {
    const result = this.#evaluate(step);
    const code = /^\[([a-z-]+)\]/.exec(result.Error ?? "")?.[1] ?? "ok";
    assert.equal(code, verdict, `${tagValue(step.message.Tags, "Action")}: ${result.Error}`);
    return result;
  }

  #evaluate({ message }: Step): NodeResult {
    return this.host.handle(message, this.log.environment);
  }

  /** A read's answer. */
  ask(tags: TagRecord): { readonly tag: (name: string) => string; readonly data: string } {
    const { message } = this.log.dryRun(tags, { from: people[0]! });
    const { Error: error, Messages } = this.host.dryRun(message, this.log.environment);
    assert.equal(error, undefined);
    const { Tags, Data } = Messages[0]!;
    return { tag: (name) => tagValue(Tags, name) ?? "", data: Data };
  }

  row(id: string): RowJson {
    return JSON.parse(this.ask({ Action: "Get-FLP", Id: id }).data) as RowJson;
  }

  /** All rows of a list, page by page; `between` happens after each page. */
  walk(tags: TagRecord, limit: number, between: () => void = () => undefined): RowJson[] {
    const rows: RowJson[] = [];
    for (let cursor: string | null = "0"; cursor !== null; between()) {
      const page = JSON.parse(this.ask({ ...tags, Cursor: cursor, Limit: `${limit}` }).data) as {
        readonly items: readonly RowJson[];
        readonly nextCursor: string | null;
        readonly hasMore: boolean;
      };
      assert.equal(page.hasMore, page.nextCursor !== null);
      rows.push(...page.items);
      assert.ok(rows.length < 1_000, "the walk has no end");
      cursor = page.nextCursor;
    }
    return rows;
  }
}

/** One of the items, by a number of any size; -1 is the last, -2 the one before. */
function at<Item>(items: readonly Item[], index: number): Item | undefined {
  return index < 0 || items.length === 0 ? items.at(index) : items[index % items.length];
}
