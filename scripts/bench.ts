/** npm run bench: see `usage` (bench/options.ts) and docs/benchmark.md. */
import { readOptions, usage, UsageError } from "../bench/options.ts";
import { runBench } from "../bench/run.ts";

try {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) console.log(usage);
  else if (!(await runBench(options))) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`${error.message}\n\n${usage}`);
  process.exitCode = 2;
}
