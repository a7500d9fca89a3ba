/** Fair launches, alike on every runtime. */
import { testAlike } from "./alike.ts";
import { launchLogs } from "./logs/fair-launch.ts";

testAlike(launchLogs());
