import request from "./request.js";

window.measure = () =>
  new Promise((resolve, reject) => {
    const start = performance.now();
    const worker = new Worker("pyodide-worker.js", { type: "module" });
    worker.onmessage = ({ data }) => resolve([performance.now() - start, data]);
    worker.onerror = reject;
    worker.postMessage(request);
  });

document.documentElement.dataset.loaded = "";
