/** npm run build [-- [--force] [process …]]: bundles and modules of all processes, or of those named, in build/. */
import { parseArgs } from "node:util";
import { buildAll } from "../module/build-all.ts";

const { values, positionals } = parseArgs({
  options: { force: { type: "boolean", default: false } },
  allowPositionals: true,
});

try {
  await buildAll({ force: values.force, ...(positionals.length > 0 && { names: positionals }) });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
