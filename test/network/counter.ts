/**
 * A process for tests of the network: it counts, answers, forwards, spawns and fails as it is told. It sends what aos
 * would send, tag for tag.
 */
import type { DirectHost } from "../../units/direct.ts";
import { tagsOf, tagValue } from "../../units/message.ts";
import type { ComputeEnvironment, ComputeMessage, ComputeResult, Tag } from "../../units/message.ts";

interface State {
  count: number;
  reference: number;
}

type Outbox = Pick<ComputeResult, "Messages" | "Spawns" | "Assignments">;

const nothing: Outbox = { Messages: [], Spawns: [], Assignments: [] };

export function counterHost(): DirectHost {
  let state: State = { count: 0, reference: 0 };
  const dryRun = (message: ComputeMessage, environment: ComputeEnvironment): [State, ComputeResult] => {
    const next = { ...state };
    const outbox = act(next, message, environment);
    return [next, { Output: { data: String(next.count) }, ...outbox }];
  };
  return {
    handle: (message, environment) => {
      const [next, result] = dryRun(message, environment);
      state = next;
      return result;
    },
    dryRun: (message, environment) => dryRun(message, environment)[1],
  };
}

function act(state: State, message: ComputeMessage, environment: ComputeEnvironment): Outbox {
  const tag = (name: string): string => tagValue(message.Tags, name) ?? "";
  switch (tag("Action")) {
    case "Inc":
      state.count += 1;
      return nothing;
    case "Ask":
      return { ...nothing, Messages: [send(state, message.From, [{ name: "Action", value: "Answer" }])] };
    case "Forward":
      return {
        ...nothing,
        Messages: [send(state, tag("To"), tagsOf({ Action: tag("What"), "X-From-Fwd": "1" }))],
      };
    case "Twice": {
      const outgoing = send(state, tag("To"), tagsOf({ Action: "Inc" }));
      return { ...nothing, Messages: [outgoing, outgoing] };
    }
    case "Incomplete": {
      const { Target, Anchor, Tags } = send(state, tag("To"), tagsOf({ Action: "Inc" }));
      return {
        ...nothing,
        Messages: [{ Target: Target!, Tags: Tags! }, { Target: Target!, Anchor: Anchor! }, { Tags: Tags! }],
      };
    }
    case "Assign":
      return { ...nothing, Assignments: [{ Processes: [tag("To")], Message: tag("What") }] };
    case "Spawn":
      return {
        ...nothing,
        Spawns: [{ Tags: spawnTags(state, environment, tag("Authority")), Data: "Child=1" }],
      };
    case "Fail":
      state.count = 1_000;
      throw new Error("[refused] as asked");
    default:
      return nothing;
  }
}

function send(state: State, target: string, tags: readonly Tag[]): ComputeResult["Messages"][number] {
  state.reference += 1;
  const own = {
    "Data-Protocol": "ao",
    Variant: "ao.TN.1",
    Type: "Message",
    Reference: String(state.reference),
  };
  return {
    Target: target,
    Anchor: String(state.reference).padStart(32, "0"),
    Tags: [...tagsOf(own), ...tags],
  };
}

function spawnTags(state: State, environment: ComputeEnvironment, authority: string): readonly Tag[] {
  state.reference += 1;
  return tagsOf({
    "Data-Protocol": "ao",
    Variant: "ao.TN.1",
    Type: "Process",
    "From-Process": environment.Process.Id,
    "From-Module": environment.Module.Id,
    Module: environment.Module.Id,
    Reference: String(state.reference),
    "On-Boot": "Data",
    Authority: authority,
    Scheduler: tagValue(environment.Process.Tags, "Scheduler") ?? "",
    Name: "kid",
  });
}
