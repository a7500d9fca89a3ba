/** A file or folder is named after what is in it. */
import path from "node:path";

const EMPTY = new Set(["util", "utils", "helper", "helpers", "common", "misc"]);
const ROOT = path.resolve(import.meta.dirname, "..");

export default {
  meta: {
    type: "suggestion",
    schema: [],
    messages: { empty: "`{{word}}` doesn't say what is in {{file}}. Name it after its subject." },
  },
  create(context) {
    const file = path.relative(ROOT, context.filename);
    const word = file
      .toLowerCase()
      .split(/[^a-z]+/)
      .find((part) => EMPTY.has(part));
    if (word === undefined) return {};
    return { Program: (node) => context.report({ node, messageId: "empty", data: { word, file } }) };
  },
};
