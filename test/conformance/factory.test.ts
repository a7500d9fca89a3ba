/** The fair launch factory, alike on every runtime. */
import { testAlike } from "./alike.ts";
import { factoryLog, guardedFactoryLog } from "./logs/factory.ts";

testAlike([factoryLog(), guardedFactoryLog()]);
