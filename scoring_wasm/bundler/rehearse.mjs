// Send requests to a snapshot, through the very module that the browser uses. Options come as JSON on the standard input;
// the answers and the functions that were entered (if the snapshot marks them) go out as JSON.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

/** @type {{opener: string, snapshot: string, exercise: string, requests: [string, string][]}} */
const options = JSON.parse(readFileSync(0, "utf8"));
const { openSnapshot } = await import(pathToFileURL(options.opener).href);
const { serve, exports: c } = await openSnapshot(readFileSync(options.snapshot));

const marks = Object.entries(c).filter(([name]) => name.startsWith("#"));
if (options.exercise) {
  const code = c.Py_CompileString(cString(options.exercise), cString("exercise"), 257); // 257: a file, not an expression
  for (const [, mark] of marks) mark.value = 0; // The compiler is not wanted.
  const names = c.PyDict_New();
  if (!code || !c.PyEval_EvalCode(code, names, names)) throw new Error("exercise.py failed; it can import only what the core imports");
}
const answers = options.requests.map(([standard, request]) => serve(standard, request));
const entered = marks.filter(([, mark]) => mark.value).map(([name]) => Number(name.slice(1)));
process.stdout.write(JSON.stringify({ answers, entered }));

function cString(text) {
  const bytes = new TextEncoder().encode(`${text}\0`);
  const address = c.malloc(bytes.length);
  new Uint8Array(c.memory.buffer).set(bytes, address);
  return address;
}
