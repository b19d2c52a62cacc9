import request from "./request.js";

const config = { interpreter: "./pyodide.mjs", files: { "./scoring.zip": "./*", "./standard.json": "./standard.json" } };

window.measure = () =>
  new Promise((resolve) => {
    const start = performance.now();
    Object.assign(window, { request, answered: (answer) => resolve([performance.now() - start, answer]) });
    const python = document.createElement("script");
    python.type = "py";
    python.setAttribute("config", JSON.stringify(config));
    python.textContent = [
      "import js, scoring",
      "with open('standard.json', encoding='utf-8') as file:",
      "    engine = scoring.Engine(file.read())",
      "js.answered(engine.respond(js.request))",
    ].join("\n");
    const core = document.createElement("script");
    core.type = "module";
    core.src = "./pyscript/core.js";
    document.body.append(python, core);
  });

document.documentElement.dataset.loaded = "";
