/**
 * The operations as a process of the compact module. The message's Data holds lines separated by `;`, which JSON does
 * not escape, so that the text between its quotes is the lines; the answers go back in the same way.
 */
import { answer } from "./operations.ts";

declare const globalThis: { handle: (this: void, message: string, environment: string) => string };

globalThis.handle = (message) => {
  const start = message.indexOf('"Data":"') + 8;
  const end = message.indexOf('"', start);
  const lines = message.substring(start, end).split(";");
  const answers = lines.map((line) => answer(line)).join(";");
  return `{"ok":true,"response":{"Output":{"data":"${answers}"},"Messages":[],"Spawns":[],"Assignments":[]}}`;
};
