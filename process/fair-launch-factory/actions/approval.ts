/** Requests that wait for a yes. */
import { limits } from "../../protocol/limits.ts";
import type { Message, Outcome } from "../../protocol/message.ts";
import { isRefusal, type Refusal, refuse } from "../../protocol/refusal.ts";
import { reply } from "../../protocol/reply.ts";
import { requiredTag, tagOf } from "../../protocol/tags.ts";
import { byteLength } from "../../protocol/text.ts";
import { presentVersion } from "../modules.ts";
import { rowOfRequest } from "../registry.ts";
import type { FactoryState, Row } from "../state.ts";
import { checkTerms } from "./create.ts";
import { launchTags } from "./launch-tags.ts";
import { fail, spawnLaunch } from "./spawning.ts";

/** Spawns the launch of a request. Refused: not the approver, no such request waits, it starts too soon, paused, no code. */
export function approve(state: FactoryState, message: Message): Outcome {
  const row = waitingRow(state, message);
  if (isRefusal(row)) return row;
  if (!isApprover(state, message)) return refuse("not-approver", "Only the approver can approve requests");
  if (state.paused) return refuse("paused", "The owner has paused the creation of launches");
  const fault = checkTerms(state, row.terms, message.now);
  if (fault !== undefined) return fault;
  const version = presentVersion(state);
  if (isRefusal(version)) return version;
  const tags = launchTags(state.parameters, row.terms, row.request, version);
  if (isRefusal(tags)) return tags;
  const spawn = spawnLaunch(state, row, version, tags, message.now);
  return [
    reply(message, "Approve-FLP-Response", [
      ["Request-Id", row.request],
      ["Status", row.status],
    ]),
    spawn,
  ];
}

/** Ends a request, with a Reason: by the approver, or by who made it. The fee is the requester's again. */
export function reject(state: FactoryState, message: Message): Outcome {
  const row = waitingRow(state, message);
  if (isRefusal(row)) return row;
  const reason = tagOf(message, "Reason") ?? "";
  if (isRefusal(reason)) return reason;
  if (byteLength(reason) > limits.reasonBytes)
    return refuse("too-long", `Reason must have at most ${limits.reasonBytes} bytes`);
  const isRequester = message.account === row.requester;
  if (!isRequester && !isApprover(state, message))
    return refuse("not-approver", "Only the approver, or who made it, can reject a request");
  const by = isRequester ? "Withdrawn by who made it" : "Rejected by the approver";
  const notice = fail(state, row, reason === "" ? by : `${by}: ${reason}`, message.now);
  return [
    reply(message, "Reject-FLP-Response", [
      ["Request-Id", row.request],
      ["Status", row.status],
    ]),
    notice,
  ];
}

function waitingRow(state: FactoryState, message: Message): Row | Refusal {
  const id = requiredTag(message, "Request-Id");
  if (isRefusal(id)) return id;
  const row = rowOfRequest(state, id);
  if (row === undefined) return refuse("unknown-request", "There is no request with this id");
  return row.status === "Awaiting-Approval"
    ? row
    : refuse("not-pending", `The request is ${row.status} and awaits no approval`);
}

function isApprover({ parameters }: FactoryState, message: Message): boolean {
  return parameters.approver !== "" && message.account === parameters.approver;
}
