// Curves and points with error bars on two axes, as SVG.
const plotted = (() => {
  const WIDTH = 480, HEIGHT = 330, LEFT = 66, BOTTOM = 46, RIGHT = 18, ROW = 16;
  const GREY = "#808080"; // on white and on black
  const MOST = 1e15; // what a logarithmic axis spans at most
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
        for (const digit of decades < 0.6 ? [1, 2, 3, 4, 5, 6, 7, 8, 9] : decades < 1.2 ? [1, 2, 3, 5, 7] : decades < 3 ? [1, 2, 5] : [1]) {
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
    const made = draw("text", { fill: GREY, ...attributes }, digits);
    if (power !== undefined) made.append(draw("tspan", { dy: "-0.45em", "font-size": "75%" }, power));
    return made;
  };
  // The last of the lines is the one of the formula that is chosen, which spot and marks belong to.
  return ({ title, x: name, logx, logy, lines, marks, spot }) => {
    const all = lines.flatMap(({ points }) => points);
    const bars = marks.map(([at, value, error]) => [at, value, value - error, value + error]);
    const legend = new Set(lines.map((line) => line.name)).size > 1 ? lines.map((line) => [line.name, line.colour]) : [];
    if (bars.length) legend.push(["simulated, ± standard error", GREY]);
    const top = 12 + ROW * legend.length;
    const x = scale(all.map(([value]) => value), logx, LEFT, WIDTH - RIGHT);
    // On a logarithmic axis a bar can go down without end.
    const ends = bars.flatMap(([, value, low, high]) => [logy ? value : low, high]);
    const y = scale([...all.map(([, value]) => value), ...ends], logy, HEIGHT - BOTTOM, top);
    const inside = (place) => Number.isFinite(place) && place <= HEIGHT - BOTTOM + 1;
    const svg = draw("svg", { xmlns: SVG, viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": title, "font-family": "sans-serif", "font-size": 13 });
    for (const tick of x.ticks) {
      svg.append(draw("line", { x1: x.place(tick), x2: x.place(tick), y1: top, y2: HEIGHT - BOTTOM, stroke: "#8884" }));
      svg.append(label(tick, { x: x.place(tick), y: HEIGHT - BOTTOM + 18, "text-anchor": "middle" }));
    }
    for (const tick of y.ticks) {
      svg.append(draw("line", { x1: LEFT, x2: WIDTH - RIGHT, y1: y.place(tick), y2: y.place(tick), stroke: "#8884" }));
      svg.append(label(tick, { x: LEFT - 6, y: y.place(tick) + 4, "text-anchor": "end" }));
    }
    svg.append(draw("text", { x: (LEFT + WIDTH) / 2, y: HEIGHT - 10, "text-anchor": "middle", fill: GREY }, name));
    for (const { points, colour } of lines) {
      let path = "", pen = "M";
      for (const [a, b] of points) {
        const visible = inside(y.place(b));
        if (visible) path += `${pen}${x.place(a).toFixed(2)} ${y.place(b).toFixed(2)}`;
        pen = visible ? "L" : "M";
      }
      svg.append(draw("path", { d: path, fill: "none", stroke: colour, "stroke-width": 2.2 }));
    }
    legend.forEach(([text, fill], row) => svg.append(draw("text", { x: LEFT, y: ROW * (row + 1), fill }, text)));
    for (const [at, value, low, high] of bars.filter(([, value]) => inside(y.place(value)))) {
      const foot = inside(y.place(low)) ? y.place(low) : HEIGHT - BOTTOM;
      svg.append(draw("line", { x1: x.place(at), x2: x.place(at), y1: foot, y2: y.place(high), stroke: GREY, "stroke-width": 1.6 }));
      svg.append(draw("circle", { class: "simulated", cx: x.place(at), cy: y.place(value), r: 3.5, fill: GREY }));
    }
    const place = [x.place(spot[0]), y.place(spot[1])];
    if (place.every(Number.isFinite) && place[0] >= LEFT && place[0] <= WIDTH - RIGHT) {
      svg.append(draw("circle", { cx: place[0], cy: place[1], r: 4.5, fill: "#0080C4" }));
    }
    return svg;
  };
})();
