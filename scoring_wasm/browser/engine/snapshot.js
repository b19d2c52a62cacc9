/**
 * Python from its snapshot: a WebAssembly module, made by the bundler, whose memory already holds CPython started, the core
 * imported and the standards read. It calls nothing but what is written here; the bundler runs this module too, to check it.
 */

/** The parts of CPython's C API by which it is asked. @typedef {{
 *   memory: WebAssembly.Memory, __indirect_function_table: WebAssembly.Table, serve: WebAssembly.Global,
 *   emscripten_stack_init: () => void, malloc: (size: number) => number, free: (address: number) => void,
 *   PyUnicode_FromStringAndSize: (address: number, size: number) => number,
 *   PyUnicode_AsUTF8AndSize: (object: number, size: number) => number,
 *   PyObject_CallOneArg: (callable: number, argument: number) => number, Py_DecRef: (object: number) => void}} Python */

const PAGE = 65536;
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * @param {BufferSource} wasm
 * @returns {Promise<{serve: (standard: string, request: string) => string, exports: WebAssembly.Exports}>} `serve` asks the
 *   core; it throws when Python cannot go on, and is of no use after that
 */
export async function openSnapshot(wasm) {
  const module = await WebAssembly.compile(wasm);
  /** @type {Python} */
  let python;

  /** What CPython may ask for while it scores. @type {Record<string, (...values: any[]) => unknown>} */
  const surroundings = {
    /** Calls a C function with fewer parameters than arguments, which only JavaScript can. */
    _PyEM_TrampolineCall_JS: (callee, ...values) => python.__indirect_function_table.get(callee)(...values),
    emscripten_resize_heap(/** @type {number} */ size) {
      python.memory.grow(Math.ceil(((size >>> 0) - python.memory.buffer.byteLength) / PAGE));
      return 1;
    },
    emscripten_date_now: () => Date.now(),
    emscripten_get_now: () => performance.now(),
    clock_time_get(/** @type {number} */ clock, /** @type {bigint} */ _precision, /** @type {number} */ address) {
      const milliseconds = clock === 0 ? Date.now() : performance.now();
      new DataView(python.memory.buffer).setBigUint64(address, BigInt(Math.round(milliseconds * 1e6)), true);
      return 0;
    },
    random_get(/** @type {number} */ address, /** @type {number} */ size) {
      crypto.getRandomValues(new Uint8Array(python.memory.buffer, address, size));
      return 0;
    },
  };

  /** @type {Record<string, Record<string, WebAssembly.ImportValue>>} */
  const imports = {};
  for (const { module: group, name } of WebAssembly.Module.imports(module)) {
    const missing = () => {
      throw new Error(`The snapshot has no ${name}`);
    };
    imports[group] = { ...imports[group], [name]: surroundings[name] ?? missing };
  }
  const { exports } = await WebAssembly.instantiate(module, imports);
  python = /** @type {Python} */ (/** @type {unknown} */ (exports));
  python.emscripten_stack_init();
  const sizeAddress = python.malloc(4);

  return {
    exports,
    serve(standard, request) {
      const bytes = encoder.encode(`${standard}\n${request}`);
      const address = python.malloc(bytes.length);
      if (!address) throw new Error("No memory for the request");
      new Uint8Array(python.memory.buffer).set(bytes, address);
      const argument = python.PyUnicode_FromStringAndSize(address, bytes.length);
      python.free(address);
      const answer = python.PyObject_CallOneArg(python.serve.value, argument);
      python.Py_DecRef(argument);
      if (!answer) throw new Error("Python raised an exception");
      const start = python.PyUnicode_AsUTF8AndSize(answer, sizeAddress);
      const size = new DataView(python.memory.buffer).getUint32(sizeAddress, true);
      const text = decoder.decode(new Uint8Array(python.memory.buffer, start, size));
      python.Py_DecRef(answer);
      return text;
    },
  };
}
