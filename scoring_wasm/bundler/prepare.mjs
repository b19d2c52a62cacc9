// Start CPython of the npm package pyodide in Node, without Pyodide's own Python side, run inside.py in it, and write its
// memory to a file. Options come as JSON on the standard input, the address of `serve` and the answers go out as JSON.
import { readFileSync, writeFileSync } from "node:fs";
import * as fs from "node:fs";
import * as childProcess from "node:child_process";
import * as nodeCrypto from "node:crypto";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** @type {{pyodide: string, core: string, standards: Record<string, string>, inside: string, requests: string[], memory: string}} */
const options = JSON.parse(readFileSync(0, "utf8"));

// The same bytes every time: no clock, no chance.
Date.now = () => Date.UTC(2026, 0, 1);
performance.now = () => 0;
Math.random = () => 0.5;
crypto.getRandomValues = (array) => array.fill(0);

// What Pyodide's loader would provide to the module that Emscripten made.
const nodeModules = { fs, crypto: nodeCrypto, child_process: childProcess, ws: {} };
globalThis.require = (name) => nodeModules[name.replace("node:", "")];
const { default: createModule } = await import(pathToFileURL(join(options.pyodide, "pyodide.asm.mjs")).href);

/** @type {WebAssembly.Exports} */
let c;
await createModule({
  API: { config: { jsglobals: globalThis, env: {} }, runtimeEnv: { IN_NODE: true, IN_NODE_ESM: true } },
  noInitialRun: true,
  thisProgram: "python",
  print: console.error,
  preRun: [
    ({ FS, ENV }) => {
      FS.mkdirTree("/lib/python3.14/lib-dynload");
      FS.writeFile("/lib/python314.zip", readFileSync(join(options.pyodide, "python_stdlib.zip")));
      FS.writeFile("/lib/scoring.zip", readFileSync(options.core));
      FS.mkdirTree("/standards");
      for (const [name, text] of Object.entries(options.standards)) FS.writeFile(`/standards/${name}`, text);
      // A hash seed protects servers against hostile keys; here everyone sends keys to himself only.
      // Optimized twice, the core comes without its docstrings.
      Object.assign(ENV, { PYTHONHOME: "/", PYTHONPATH: "/lib/scoring.zip", PYTHONHASHSEED: "0", PYTHONOPTIMIZE: "2", LANG: "C.UTF-8", LC_ALL: "C.UTF-8" });
    },
  ],
  instantiateWasm(imports, done) {
    // The last is the name and version of Node, which would not be the same everywhere; Python takes 0 for none.
    Object.assign(imports.env, { Jsv_GetError_import: () => 0, JsvError_Check: () => 0, _Py_emscripten_runtime: () => 0 });
    WebAssembly.instantiate(readFileSync(join(options.pyodide, "pyodide.asm.wasm")), imports).then(({ instance, module }) => {
      c = instance.exports;
      done(instance, module);
    });
    return {};
  },
});

const words = () => new Int32Array(c.memory.buffer);
// Newer versions of Node let Pyodide add a helper to the function table, which the snapshot would look for in vain.
words()[(c._PyRuntime.value + words()[c._PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET.value / 4]) / 4] = 0;
words()[c.Py_NoSiteFlag.value / 4] = 1;
c.Py_InitializeEx(0);

const source = cString(options.inside);
if (c.PyRun_SimpleStringFlags(source, 0)) throw new Error("inside.py failed in Pyodide");
c.free(source);
const serve = c.PyObject_GetAttrString(c.PyImport_AddModule(cString("__main__")), cString("serve"));
zeroFrozenModules();
zeroDocumentation();
zeroFreeMemory();
writeFileSync(options.memory, new Uint8Array(c.memory.buffer));

// Only now, when the memory is saved: the answers by which snapshots are judged.
const answers = options.requests.map((request) => {
  const answer = c.PyObject_CallOneArg(serve, c.PyUnicode_FromString(cString(request)));
  if (!answer) throw new Error(`no answer to ${request}`);
  const start = c.PyUnicode_AsUTF8(answer);
  const memory = new Uint8Array(c.memory.buffer);
  return new TextDecoder().decode(memory.subarray(start, memory.indexOf(0, start)));
});
process.stdout.write(JSON.stringify({ serve, answers }));

function cString(text) {
  const bytes = new TextEncoder().encode(text);
  const address = c.malloc(bytes.length + 1);
  const memory = new Uint8Array(c.memory.buffer);
  memory.set(bytes, address);
  memory[address + bytes.length] = 0;
  return address;
}

/** The code of modules that CPython brings along: those in use have been unpacked, the others are never imported. */
function zeroFrozenModules() {
  for (const list of [c._PyImport_FrozenBootstrap, c._PyImport_FrozenStdlib, c._PyImport_FrozenTest]) {
    // Each entry: name, code, size, whether it is a package; the last one has no name.
    for (let entry = words()[list.value / 4] / 4; words()[entry]; entry += 4) {
      const [, code, size] = words().subarray(entry);
      new Uint8Array(c.memory.buffer).fill(0, code, code + size);
    }
  }
}

/** The documentation of what is written in C: strings that begin with a signature, which this line ends. */
function zeroDocumentation() {
  const data = Buffer.from(c.memory.buffer, 0, c.__heap_base.value);
  for (let at = data.indexOf(")\n--\n\n"); at >= 0; at = data.indexOf(")\n--\n\n", at)) {
    data.fill(0, data.lastIndexOf(0, at) + 1, data.indexOf(0, at));
  }
}

/** Take all free memory, from large pieces to small ones, until the allocator has to ask for more; fill it with zeros. */
function zeroFreeMemory() {
  const taken = [];
  let top = c.sbrk(0);
  for (let size = 1 << 20; size >= 4; size = size > 64 ? size >> 1 : size - 4) {
    for (;;) {
      const address = c.malloc(size);
      if (c.sbrk(0) !== top) {
        c.free(address);
        top = c.sbrk(0);
        break;
      }
      new Uint8Array(c.memory.buffer).fill(0, address, address + size);
      taken.push(address);
    }
  }
  taken.forEach((address) => c.free(address));
  // The stack is empty now, but not clean.
  new Uint8Array(c.memory.buffer).fill(0, c.emscripten_stack_get_end(), c.emscripten_stack_get_current());
}
