/** The index among faults, as in `index-faults`, on the compact module. */
import { test } from "node:test";
import { compact } from "../scene/runtimes.ts";
import { hold } from "./index-faulty-histories.ts";
import { runs } from "./index-judge.ts";

test("IX3 IX4 IX11 MS5 among faults nothing is lost, doubled or pending for ever, on the compact module", () =>
  hold(compact, "everything", Math.ceil(runs / 100)));
