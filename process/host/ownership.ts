/**
 * What only the owner may do: replace the code, and give up the right to. These two actions are every process's, and
 * come before its own.
 */
import { accountOf } from "../protocol/address.ts";
import type { Message, Outcome } from "../protocol/message.ts";
import { type Refusal, isRefusal, refuse } from "../protocol/refusal.ts";
import { reply } from "../protocol/reply.ts";
import type { Kept } from "./kept.ts";
import type { Action, Environment } from "./process.ts";

/** Puts a bundle's text in the place of the running code. Refused: it does not start; all is then as it was. */
export type ReplaceCode = (text: string) => Refusal | undefined;

/** The owner's action of this name, or undefined when it is none. */
export function ownerAction<State>(
  name: string,
  kept: Kept<State>,
  environment: Environment,
  replaceCode: ReplaceCode,
): Action<State> | undefined {
  if (name === "Upgrade") {
    return { kind: "write", run: (_, message) => upgrade(kept, environment, message, replaceCode) };
  }
  if (name === "Renounce-Ownership") {
    return { kind: "write", run: (_, message) => renounce(kept, environment, message) };
  }
  return undefined;
}

/** Why the sender may not change the code, if so: it is not the owner, or ownership has been given up. */
export function checkOwner<State>(
  kept: Kept<State>,
  environment: Environment,
  message: Message,
): Refusal | undefined {
  if (message.account !== accountOf(environment.owner))
    return refuse("not-owner", "Only the owner can change the code");
  return kept.renounced
    ? refuse("renounced", "Ownership has been given up: the code can't be changed any more")
    : undefined;
}

/** Runs the bundle in Data instead of the present code; the state stays, migrated where its version is older. */
function upgrade<State>(
  kept: Kept<State>,
  environment: Environment,
  message: Message,
  replaceCode: ReplaceCode,
): Outcome {
  const refusal = checkOwner(kept, environment, message);
  if (refusal !== undefined) return refusal;
  if (message.data === undefined || message.data === "")
    return refuse("missing-code", "Data must be the text of a bundle");
  const from = kept.version;
  const failure = replaceCode(message.data);
  if (isRefusal(failure)) return failure;
  return [
    reply(message, "Upgrade-Response", [
      ["From-Version", `${from}`],
      ["Version", `${kept.version}`],
    ]),
  ];
}

/** The code stays as it is, for ever. */
function renounce<State>(kept: Kept<State>, environment: Environment, message: Message): Outcome {
  const refusal = checkOwner(kept, environment, message);
  if (refusal !== undefined) return refusal;
  kept.renounced = true;
  return [reply(message, "Renounce-Ownership-Response", [["Version", `${kept.version}`]])];
}
