/** The laws of a fair launch and of its payouts, judged after every message of random histories. */
import { testLaunchLaws } from "./launch-judge.ts";
import { launchLaws } from "./launch-laws.ts";

testLaunchLaws(launchLaws);
