/** The fair launch factory, alike on every runtime. */
import { testAlike } from "./alike.ts";
import { factoryLog } from "./logs/factory.ts";
import { guardedFactoryLog } from "./logs/guarded-factory.ts";

testAlike([factoryLog(), guardedFactoryLog()]);
