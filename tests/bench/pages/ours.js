import { Engine } from "./ENGINE/engine/engine.js";
import request from "./request.js";

const engine = new Engine({ standard: "chongqing-2023.json", onState: () => undefined });

window.measure = async () => {
  const start = performance.now();
  engine.start();
  const answer = await engine.request(JSON.parse(request));
  return [performance.now() - start, JSON.stringify(answer)];
};

window.measureAnswers = async (count) => {
  const times = [];
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    await engine.request(JSON.parse(request));
    times.push(performance.now() - start);
  }
  return times;
};

document.documentElement.dataset.loaded = "";
