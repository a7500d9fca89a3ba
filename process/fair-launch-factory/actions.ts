/** The factory's actions. */
import { actionsOf, type Process } from "../host/process.ts";
import { approve, reject } from "./actions/approval.ts";
import { createFlp, previewSchedule } from "./actions/create.ts";
import { info, publish } from "./actions/info.ts";
import { getFlps, getRankedFlps, getRequests } from "./actions/lists.ts";
import {
  balanceResponse,
  creditNotice,
  debitNotice,
  tick,
  transferError,
  withdrawCreationFee,
} from "./actions/money.ts";
import { deprecateModule, pauseCreation, provideLaunchCode, resumeCreation } from "./actions/owner.ts";
import { getAggregatedStats, getFlp, getFlpId } from "./actions/reads.ts";
import { flpReport } from "./actions/report.ts";
import { updateSocials } from "./actions/socials.ts";
import { identityResponse, retrySpawn, spawned } from "./actions/spawning.ts";
import { startFactory } from "./parameters.ts";
import type { FactoryState } from "./state.ts";

export const factory: Process<FactoryState> = {
  name: "fair-launch-factory",
  version: 1,
  // Its owner may pause and deprecate, and nothing else: so not change the code either.
  ownerless: true,
  // As live clients ask for a launch, and as host/ says what a process is.
  reservedReads: [
    ["Get-FLP", "id"],
    ["Identity-Response", "module"],
  ],
  start: startFactory,
  publish: (state, first) => publish(state, first),
  actions: actionsOf<FactoryState>(
    [
      ["Info", info],
      ["Preview-Schedule", previewSchedule],
      ["Get-FLP", getFlp],
      ["Get-FLP-Id", getFlpId],
      ["Get-FLPs", getFlps],
      ["Get-Ranked-FLPs", getRankedFlps],
      ["Get-Requests", getRequests],
      ["Get-Aggregated-Stats", getAggregatedStats],
    ],
    [
      ["Create-FLP", createFlp],
      ["Approve-FLP", approve],
      ["Reject-FLP", reject],
      ["Retry-Spawn", retrySpawn],
      ["Spawned", spawned],
      ["Identity-Response", identityResponse],
      ["FLP-Report", flpReport],
      ["Update-Socials", updateSocials],
      ["Provide-Launch-Code", provideLaunchCode],
      ["Pause-Creation", pauseCreation],
      ["Resume-Creation", resumeCreation],
      ["Deprecate-Module", deprecateModule],
      ["Withdraw-Creation-Fee", withdrawCreationFee],
      ["Tick", tick],
      ["Credit-Notice", creditNotice],
      ["Debit-Notice", debitNotice],
      ["Transfer-Error", transferError],
      ["Balance-Response", balanceResponse],
      // A standard token answers Balance without an action.
      ["", balanceResponse],
    ],
  ),
};
