/**
 * State by path, as newer nodes serve it: `/<process>~process@1.0/now/<path>` is what the process has published when all
 * that is scheduled is evaluated, `compute` what it has published so far. A text comes as it is, a map as JSON.
 */
import type { ComputeUnit } from "../compute/compute-unit.ts";
import { Refusal } from "../items/refusal.ts";
import type { Answer, Request, Route } from "./answers.ts";

const device = "~process@1.0";

export function publishedRoutes(unit: ComputeUnit): Route[] {
  function read(moment: "now" | "compute") {
    return async ({ parts: [name = "", ...path] }: Request): Promise<Answer> => {
      if (!name.endsWith(device)) {
        throw new Refusal(`state by path is at /<process>${device}/${moment}/<path>, not at /${name}`, 404);
      }
      const process = name.slice(0, -device.length);
      const body = (await unit.published(process, moment)).at(path);
      if (body === undefined) {
        throw new Refusal(
          `process ${process} has published nothing at ${JSON.stringify(path.join("/"))}`,
          404,
        );
      }
      return { body };
    };
  }

  return (["now", "compute"] as const).flatMap((moment) =>
    ["", "/*", "/*/*"].map((rest) => {
      return { method: "GET", path: `/*/${moment}${rest}`, answer: read(moment) } as const;
    }),
  );
}
