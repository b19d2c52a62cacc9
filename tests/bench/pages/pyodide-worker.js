import { loadPyodide } from "./pyodide.mjs";

addEventListener("message", async ({ data }) => {
  const standard = fetch("./standard.json").then((response) => response.text());
  const pyodide = await loadPyodide();
  await pyodide.loadPackage("scoring");
  const engine = pyodide.pyimport("scoring").Engine(await standard);
  postMessage(engine.respond(data));
});
