// A page to play with: sliders for the arguments of a formula, and a curve against one of them.
// The state is in the link. All that is known of the formulas is in #explore-formulas.
document.addEventListener("DOMContentLoaded", () => {
  const data = document.getElementById("explore-formulas");
  if (!data) return; // a heading may have the id of the page's root
  const root = document.getElementById("explore");
  const formulas = JSON.parse(data.textContent);
  const POINTS = 240, STEPS = 1000, SIMULATED = 8;
  const tag = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key in made && typeof value !== "string") made[key] = value;
      else made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  };
  // What has been simulated: of which curve, its points, and why others are missing.
  let state, simulated = null;

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
    if (Object.hasOwn(formulas, kept)) {
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
  const answered = async (what, question) => {
    const answer = await (await fetch(what, { method: "POST", body: JSON.stringify(question) })).json();
    if (answer.error) throw new Error(answer.error);
    return answer.found;
  };
  // Values at points that are not refused: by the browser, or by who serves the page.
  const computed = async (of, points) => {
    const entry = functions(of.name);
    if (entry.code) return points.map((point) => entry.value(...point));
    return (await answered("values", { formula: of.name, points })).map((value) => value ?? NaN);
  };
  const abscissa = () => functions(state.name).arguments.find(({ name }) => name === state.x);
  // Places on the axis, each with the arguments there, if they are not refused.
  const places = (of) => {
    const { typical: [low, high], integer } = abscissa();
    return Array.from({ length: POINTS + 1 }, (_, i) => {
      const share = i / POINTS;
      let x = state.logx && low > 0 ? low * (high / low) ** share : low + (high - low) * share;
      if (integer) x = Math.round(x);
      const at = { ...of.values, [state.x]: x };
      return [x, refusal(of, at) ? null : functions(of.name).arguments.map(({ name }) => at[name])];
    });
  };
  const curve = async (of) => {
    const all = places(of), inside = all.map(([, point]) => point).filter(Boolean);
    const found = inside.length ? await computed(of, inside) : [];
    return all.map(([x, point]) => [x, point ? found.shift() : NaN]);
  };

  // --- simulated points ---------------------------------------------------------------------------

  // Of which curve points are: whatever holds along it.
  const identity = () => JSON.stringify({ ...state, values: { ...state.values, [state.x]: null }, logx: null, logy: null, kept: null });
  const simulate = async () => {
    const { whole } = functions(state.name).simulated, { name, x } = state;
    const inside = places(state).filter(([, point]) => point);
    const chosen = Array.from({ length: SIMULATED }, (_, i) => inside[Math.floor(((i + 0.5) / SIMULATED) * inside.length)]?.[0]);
    const round = (at) => (whole.includes(x) ? Math.round(at) : Number(at.toPrecision(3)));
    const at = [...new Set(inside.length ? chosen.map(round) : [])];
    const mine = simulated = { of: identity(), at, points: [], missing: [] };
    const values = { ...state.values };
    for (const place of at) {
      const point = functions(name).arguments.map((argument) => (argument.name === x ? place : values[argument.name]));
      try {
        mine.points.push([place, ...await answered("point", { formula: name, point })]);
      } catch (problem) {
        mine.missing.push(`${x} = ${place}: ${problem.message}`);
      }
      if (simulated !== mine) return; // something has been moved since
      update();
    }
  };

  // --- the picture --------------------------------------------------------------------------------

  const picture = async (value) => {
    const curves = [[state, "#0080C4"]];
    if (state.kept && state.x in state.kept.values) curves.unshift([state.kept, "#D55E00"]);
    const lines = await Promise.all(curves.map(async ([of, colour]) => ({ name: of.name, colour, points: await curve(of) })));
    const marks = simulated?.points ?? [];
    return plotted({ title: `${state.name} against ${state.x}`, x: state.x, logx: state.logx, logy: state.logy, lines, marks, spot: [state.values[state.x], value] });
  };
  const call = () => {
    const entry = functions(state.name), [low, high] = abscissa().typical;
    const grid = `np.${state.logx ? "geomspace" : "linspace"}(${low}, ${high}, ${POINTS + 1})`;
    const given = (along) => Object.entries(state.values).map(([name, value]) => `${name}=${name === state.x ? along : value}`).join(", ");
    const text = `import numpy as np\n${entry.imported}\n\n${entry.called}(${given(grid)})`;
    if (!simulated?.at.length) return text;
    return `${text}\n\n# The points:\nfrom theory.crosscheck import load\n\nsimulated = ${entry.simulated.call}\n`
      + `[simulated.at(${given(state.x)}) for ${state.x} in [${simulated.at.join(", ")}]]`;
  };

  // --- the page -----------------------------------------------------------------------------------

  const choice = tag("select", { "aria-label": "formula" }, ...Object.keys(formulas).map((name) => tag("option", { value: name }, name)));
  const axis = tag("select", { "aria-label": "against" });
  const boxes = Object.fromEntries(["logx", "logy"].map((key) => [key, tag("input", { type: "checkbox" })]));
  const [keep, run] = ["keep this curve", ""].map((text) => tag("button", { type: "button" }, text));
  const equation = tag("p", { class: "equation" });
  const meaning = tag("p", {}), sliders = tag("div", { class: "sliders" });
  const plot = tag("div", { class: "plot" }), value = tag("output", {}), error = tag("p", { class: "error", role: "alert" });
  const note = tag("p", { class: "note" });
  const code = tag("pre", { class: "call" });
  const save = tag("a", { download: "synaptic-energy.svg", href: "#" }, "save the picture");
  root.append(
    tag("div", { class: "choices" },
      tag("label", {}, "formula ", choice), tag("label", {}, "against ", axis),
      tag("label", {}, boxes.logx, " log x"), tag("label", {}, boxes.logy, " log y"), keep, run, save),
    meaning,
    tag("div", { class: "bench" }, tag("div", {}, plot, tag("p", {}, value), note, error), sliders),
    equation, tag("p", {}, "The same in Python:"), code,
  );

  // How far the simulation is, and what its points are.
  const tell = () => {
    const { at = [], points = [], missing = [] } = simulated ?? {}, done = points.length + missing.length;
    run.hidden = !functions(state.name).simulated;
    run.disabled = done < at.length;
    run.textContent = run.disabled ? `simulating ${done + 1} of ${at.length}` : "simulate points";
    const zeros = state.logy ? points.filter(([, mean]) => mean <= 0).length : 0;
    note.textContent = zeros ? `${zeros} of ${at.length} points are 0, which a logarithmic axis does not have. ` : "";
    if (missing.length) note.append(`${missing.length} of ${at.length} points are missing. ${missing[0]}.`);
  };
  let latest = 0;
  const update = async () => {
    const mine = ++latest;
    history.replaceState(null, "", written());
    if (simulated && simulated.of !== identity()) simulated = null;
    tell();
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
    meaning.replaceChildren(`${entry.meaning} `, tag("i", {}, `${entry.source}. `), entry.page ? tag("a", { href: entry.page }, "Claims about it") : tag("code", {}, `synaptic-energy show ${state.name} --quick${entry.options ?? ""}`));
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
  run.addEventListener("click", () => { simulate(); update(); });
  keep.addEventListener("click", () => { state.kept = state.kept ? null : { name: state.name, values: { ...state.values } }; update(); });
  window.addEventListener("hashchange", () => { state = read(); rebuild(); });
  state = read();
  rebuild();
});
