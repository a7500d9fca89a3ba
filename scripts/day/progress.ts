/** Progress on standard error: one line that is written over, or, where that goes into a file, a line a stage. */
import type { Progress } from "./day.ts";

/** Takes away a line that was not finished, before something else is written. */
export function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
}

export function showProgress(): Progress {
  const { stderr } = process;
  let shown = "";
  let since = performance.now();
  return (stage, done, total) => {
    if (stage !== shown) {
      shown = stage;
      since = performance.now();
      if (!stderr.isTTY) stderr.write(`${stage} …\n`);
    }
    if (!stderr.isTTY) return;
    const figures = total > 1 ? ` ${done}/${total}` : "";
    const ended = done === total ? `  ${((performance.now() - since) / 1000).toFixed(1)} s\n` : "";
    stderr.write(`\r\x1b[K${stage}${figures}${ended}`);
  };
}
