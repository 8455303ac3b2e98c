// A page to play with: sliders for the arguments of a formula, and a curve against one of them.
// The state is in the link. All that is known of the formulas is in #explore-formulas.
document.addEventListener("DOMContentLoaded", () => {
  const data = document.getElementById("explore-formulas");
  if (!data) return; // a heading may have the id of the page's root
  const root = document.getElementById("explore");
  const formulas = JSON.parse(data.textContent);
  const POINTS = 240, WIDTH = 480, HEIGHT = 330, LEFT = 66, BOTTOM = 46, TOP = 12, RIGHT = 18;
  const MOST = 1e15; // what a logarithmic axis spans at most
  const STEPS = 1000;
  const tag = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key in made && typeof value !== "string") made[key] = value;
      else made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  };
  let state;

  // --- state --------------------------------------------------------------------------------------

  const isLog = (argument) => argument.typical[0] > 0;
  const middle = (argument) => {
    const [low, high] = argument.typical;
    const found = isLog(argument) ? Math.sqrt(low * high) : (low + high) / 2;
    return argument.integer ? Math.round(found) : Number(found.toPrecision(3));
  };
  const fresh = (name) => {
    const { arguments: all } = formulas[name];
    const values = Object.fromEntries(all.map((argument) => [argument.name, middle(argument)]));
    const made = { name, x: all[0].name, logx: isLog(all[0]), logy: true, values, kept: null };
    // What the middle of all ranges breaks, the least of the first argument may not.
    if (refusal(made, values)) values[all[0].name] = all[0].typical[0];
    return made;
  };
  const written = () => {
    const link = new URLSearchParams({ formula: state.name, x: state.x, logx: Number(state.logx), logy: Number(state.logy) });
    for (const [name, value] of Object.entries(state.values)) link.set(name, value);
    if (state.kept) link.set("kept", state.kept.name);
    for (const [name, value] of Object.entries(state.kept?.values ?? {})) link.set(`kept.${name}`, value);
    return `#${link}`;
  };
  const read = () => {
    const link = new URLSearchParams(location.hash.slice(1));
    const name = link.get("formula");
    const made = fresh(Object.hasOwn(formulas, name) ? name : Object.keys(formulas)[0]);
    for (const { name: argument } of formulas[made.name].arguments) {
      if (link.has(argument)) made.values[argument] = Number(link.get(argument));
    }
    const kept = link.get("kept");
    if (kept in formulas) {
      const values = formulas[kept].arguments.map((argument) => [argument.name, Number(link.get(`kept.${argument.name}`) ?? middle(argument))]);
      made.kept = { name: kept, values: Object.fromEntries(values) };
    }
    if (Object.hasOwn(made.values, link.get("x"))) made.x = link.get("x");
    for (const key of ["logx", "logy"]) if (link.has(key)) made[key] = link.get(key) === "1";
    return made;
  };

  // --- the formula --------------------------------------------------------------------------------

  const compiled = (code, names) => new Function(...names, `"use strict"; return ${code};`);
  const functions = (name) => {
    const entry = formulas[name];
    const names = entry.arguments.map((argument) => argument.name);
    if (entry.code) entry.value ??= compiled(entry.code, names);
    entry.holds ??= compiled(entry.where || "true", names);
    return entry;
  };
  // Why values are refused, in the words of the package; nothing if they are not.
  function refusal(of, values) {
    const entry = functions(of.name);
    for (const argument of entry.arguments) {
      const value = values[argument.name];
      const low = argument.low ?? -Infinity, high = argument.high ?? Infinity;
      const inside = (argument.openLow ? value > low : value >= low) && (argument.openHigh ? value < high : value <= high);
      if (!inside || (argument.integer && !Number.isInteger(value))) {
        return `${argument.name} must be ${argument.text}, got ${value}`;
      }
    }
    return entry.holds(...Object.values(values)) ? "" : `${entry.where} must hold`;
  }
  // Values at points that are not refused: by the browser, or by who serves the page.
  const computed = async (of, points) => {
    const entry = functions(of.name);
    if (entry.code) return points.map((point) => entry.value(...point));
    const asked = { method: "POST", body: JSON.stringify({ formula: of.name, points }) };
    const answer = await (await fetch("values", asked)).json();
    if (answer.error) throw new Error(answer.error);
    return answer.values.map((value) => value ?? NaN);
  };
  const curve = async (of, log) => {
    const entry = functions(of.name);
    const argument = entry.arguments.find(({ name }) => name === state.x);
    const [low, high] = argument.typical;
    const points = [], inside = [];
    for (let i = 0; i <= POINTS; i++) {
      const share = i / POINTS;
      let x = log && low > 0 ? low * (high / low) ** share : low + (high - low) * share;
      if (argument.integer) x = Math.round(x);
      const at = { ...of.values, [state.x]: x };
      points.push([x, NaN]);
      if (!refusal(of, at)) inside.push([points.length - 1, entry.arguments.map(({ name }) => at[name])]);
    }
    const found = inside.length ? await computed(of, inside.map(([, point]) => point)) : [];
    inside.forEach(([place], index) => { points[place][1] = found[index]; });
    return points;
  };

  // --- the picture --------------------------------------------------------------------------------

  // A number for a tick: its digits, and the power of ten if there is one.
  const numeral = (value) => {
    if (value === 0 || (Math.abs(value) >= 1e-2 && Math.abs(value) < 1e4)) return [String(Number(value.toPrecision(4)))];
    const [digits, power] = value.toExponential(2).split("e");
    return [Number(digits) === 1 ? "10" : `${Number(digits)}·10`, String(Number(power)).replace("-", "−")];
  };
  const scale = (values, log, from, to) => {
    const finite = values.filter((value) => Number.isFinite(value) && (!log || value > 0));
    let low = Math.min(...finite), high = Math.max(...finite);
    if (!finite.length) [low, high] = [1, 10];
    if (log) low = Math.max(low, high / MOST);
    if (low === high) [low, high] = log ? [low / 2, high * 2] : [low - 1, high + 1];
    const map = log ? Math.log10 : (value) => value;
    const place = (value) => from + ((map(value) - map(low)) / (map(high) - map(low))) * (to - from);
    const ticks = [];
    if (log) {
      const decades = Math.log10(high / low);
      for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
        for (const digit of decades < 1 ? [1, 2, 3, 4, 5, 6, 7, 8, 9] : decades < 3 ? [1, 2, 5] : [1]) {
          if (decades < 8 || power % Math.ceil(decades / 6) === 0) ticks.push(digit * 10 ** power);
        }
      }
    } else {
      const rough = (high - low) / 5, unit = 10 ** Math.floor(Math.log10(rough));
      const step = unit * [1, 2, 5, 10].find((factor) => factor * unit >= rough);
      for (let tick = Math.ceil(low / step) * step; tick <= high + step / 1e6; tick += step) ticks.push(Number(tick.toPrecision(12)));
    }
    return { place, ticks: ticks.filter((tick) => tick >= low * (1 - 1e-9) - (log ? 0 : 1e-12) && tick <= high * (1 + 1e-9) + 1e-12) };
  };
  const SVG = "http://www.w3.org/2000/svg";
  const draw = (name, attributes, text) => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text !== undefined) made.textContent = text;
    return made;
  };
  const label = (value, attributes) => {
    const [digits, power] = numeral(value);
    const made = draw("text", { fill: "#808080", ...attributes }, digits);
    if (power !== undefined) made.append(draw("tspan", { dy: "-0.45em", "font-size": "75%" }, power));
    return made;
  };
  const picture = async (value) => {
    const curves = [[state, "#0072B2"]];
    if (state.kept && state.x in state.kept.values) curves.unshift([state.kept, "#D55E00"]);
    const lines = await Promise.all(curves.map(async ([of, colour]) => [await curve(of, state.logx), colour]));
    const all = lines.flatMap(([points]) => points);
    const x = scale(all.map(([value]) => value), state.logx, LEFT, WIDTH - RIGHT);
    const y = scale(all.map(([, value]) => value), state.logy, HEIGHT - BOTTOM, TOP);
    const svg = draw("svg", { xmlns: SVG, viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": `${state.name} against ${state.x}`, "font-family": "sans-serif", "font-size": 13 });
    for (const tick of x.ticks) {
      svg.append(draw("line", { x1: x.place(tick), x2: x.place(tick), y1: TOP, y2: HEIGHT - BOTTOM, stroke: "#8884" }));
      svg.append(label(tick, { x: x.place(tick), y: HEIGHT - BOTTOM + 18, "text-anchor": "middle" }));
    }
    for (const tick of y.ticks) {
      svg.append(draw("line", { x1: LEFT, x2: WIDTH - RIGHT, y1: y.place(tick), y2: y.place(tick), stroke: "#8884" }));
      svg.append(label(tick, { x: LEFT - 6, y: y.place(tick) + 4, "text-anchor": "end" }));
    }
    svg.append(draw("text", { x: (LEFT + WIDTH) / 2, y: HEIGHT - 10, "text-anchor": "middle", fill: "#808080" }, state.x));
    for (const [points, colour] of lines) {
      let path = "", pen = "M";
      for (const [a, b] of points) {
        const visible = Number.isFinite(y.place(b)) && y.place(b) <= HEIGHT - BOTTOM + 1;
        if (visible) path += `${pen}${x.place(a).toFixed(2)} ${y.place(b).toFixed(2)}`;
        pen = visible ? "L" : "M";
      }
      svg.append(draw("path", { d: path, fill: "none", stroke: colour, "stroke-width": 2.2 }));
    }
    if (state.kept && state.kept.name !== state.name) {
      curves.forEach(([{ name }, colour], row) => svg.append(draw("text", { x: WIDTH - RIGHT, y: TOP + 14 + 16 * row, "text-anchor": "end", fill: colour }, name)));
    }
    const place = [x.place(state.values[state.x]), y.place(value)];
    if (place.every(Number.isFinite) && place[0] >= LEFT && place[0] <= WIDTH - RIGHT) {
      svg.append(draw("circle", { cx: place[0], cy: place[1], r: 4.5, fill: "#0072B2" }));
    }
    return svg;
  };
  const call = () => {
    const [module] = state.name.split(".");
    const [low, high] = functions(state.name).arguments.find(({ name }) => name === state.x).typical;
    const grid = `np.${state.logx ? "geomspace" : "linspace"}(${low}, ${high}, ${POINTS + 1})`;
    const given = Object.entries(state.values).map(([name, value]) => `${name}=${name === state.x ? grid : value}`);
    return `import numpy as np\nfrom theory import ${module}\n\n${state.name}(${given.join(", ")})`;
  };

  // --- the page -----------------------------------------------------------------------------------

  const choice = tag("select", { "aria-label": "formula" }, ...Object.keys(formulas).map((name) => tag("option", { value: name }, name)));
  const axis = tag("select", { "aria-label": "against" });
  const boxes = Object.fromEntries(["logx", "logy"].map((key) => [key, tag("input", { type: "checkbox" })]));
  const keep = tag("button", { type: "button" }, "keep this curve");
  const equation = tag("p", { class: "equation" });
  const meaning = tag("p", {}), sliders = tag("div", { class: "sliders" });
  const plot = tag("div", { class: "plot" }), value = tag("output", {}), error = tag("p", { class: "error", role: "alert" });
  const code = tag("pre", { class: "call" });
  const save = tag("a", { download: "synaptic-energy.svg", href: "#" }, "save the picture");
  root.append(
    tag("div", { class: "choices" },
      tag("label", {}, "formula ", choice), tag("label", {}, "against ", axis),
      tag("label", {}, boxes.logx, " log x"), tag("label", {}, boxes.logy, " log y"), keep, save),
    meaning, equation,
    tag("div", { class: "bench" }, tag("div", {}, plot, tag("p", {}, value), error), sliders),
    tag("p", {}, "The same in Python:"), code,
  );

  let latest = 0;
  const update = async () => {
    const mine = ++latest;
    history.replaceState(null, "", written());
    code.textContent = call();
    keep.textContent = state.kept ? "drop the kept curve" : "keep this curve";
    save.download = `${state.name}.svg`;
    let why = refusal(state, state.values), found = NaN, drawn;
    try {
      const entry = functions(state.name);
      if (!why) [found] = await computed(state, [entry.arguments.map(({ name }) => state.values[name])]);
      drawn = await picture(found);
    } catch (problem) {
      why = problem.message;
    }
    if (mine !== latest) return; // something has been moved since
    error.textContent = why;
    value.textContent = why ? "" : `${state.name} = ${Number(found.toPrecision(6))}`;
    if (drawn) plot.replaceChildren(drawn);
    save.href = `data:image/svg+xml,${encodeURIComponent(plot.innerHTML)}`;
  };
  const slider = (argument) => {
    const [low, high] = argument.typical, log = isLog(argument);
    const share = (number) => (log ? Math.log(number / low) / Math.log(high / low) : (number - low) / (high - low));
    const range = tag("input", { type: "range", min: "0", max: String(STEPS), "aria-label": argument.name });
    const number = tag("input", { type: "number", step: "any", "aria-label": `${argument.name}, exactly` });
    const show = () => { range.value = Math.round(STEPS * share(state.values[argument.name])); };
    number.value = state.values[argument.name];
    show();
    range.addEventListener("input", () => {
      const at = range.value / STEPS;
      const found = log ? low * (high / low) ** at : low + (high - low) * at;
      state.values[argument.name] = argument.integer ? Math.round(found) : Number(found.toPrecision(3));
      number.value = state.values[argument.name];
      update();
    });
    number.addEventListener("input", () => {
      state.values[argument.name] = number.value === "" ? NaN : Number(number.value);
      show();
      update();
    });
    return tag("label", { title: argument.meaning }, tag("span", {}, tag("b", {}, argument.name), ` ${argument.meaning}`), range, number);
  };
  const rebuild = () => {
    const entry = functions(state.name);
    choice.value = state.name;
    axis.replaceChildren(...entry.arguments.map(({ name }) => tag("option", { value: name }, name)));
    axis.value = state.x;
    for (const key of ["logx", "logy"]) boxes[key].checked = state[key];
    meaning.replaceChildren(`${entry.meaning} `, tag("i", {}, `${entry.source}. `), entry.page ? tag("a", { href: entry.page }, "Claims about it") : tag("code", {}, `synaptic-energy show ${state.name} --quick`));
    equation.innerHTML = `<code>${state.name}</code> = ${entry.equation}`;
    sliders.replaceChildren(...entry.arguments.map(slider));
    update();
  };
  choice.addEventListener("change", () => {
    const { kept, x } = state;
    state = fresh(choice.value);
    // A kept curve stays, and is compared with another formula at the same values.
    if (kept) {
      state.kept = kept;
      for (const name of Object.keys(state.values)) state.values[name] = kept.values[name] ?? state.values[name];
      if (x in state.values) state.x = x;
    }
    rebuild();
  });
  axis.addEventListener("change", () => { state.x = axis.value; update(); });
  for (const key of ["logx", "logy"]) boxes[key].addEventListener("change", () => { state[key] = boxes[key].checked; update(); });
  keep.addEventListener("click", () => { state.kept = state.kept ? null : { name: state.name, values: { ...state.values } }; update(); });
  window.addEventListener("hashchange", () => { state = read(); rebuild(); });
  state = read();
  rebuild();
});
