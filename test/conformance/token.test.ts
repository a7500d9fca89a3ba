/** The token, and what host/ lets through to it, alike on every runtime. */
import { testAlike } from "./alike.ts";
import { childLog, guardLog, shapesLog } from "./logs/guard.ts";
import { tokenLog } from "./logs/token.ts";

testAlike([shapesLog(), guardLog(), childLog(), tokenLog()]);
