// A drawn profile: pointing at the chart, or moving its slider, tells the value there and shows the place.

/** @typedef {{ metres: number, lon: number, lat: number, text: string }} Sample */

/** The sample nearest to so many metres. @param {Sample[]} samples @param {number} metres */
function nearest(samples, metres) {
  let best = 0;
  samples.forEach((sample, index) => {
    if (Math.abs(sample.metres - metres) < Math.abs(samples[best].metres - metres)) best = index;
  });
  return best;
}

/** @param {HTMLElement} holder what a profile was put into @param {(place: [number, number] | null) => void} pointed */
export function watchChart(holder, pointed) {
  const figure = holder.querySelector("[data-profile]");
  if (!figure) return;
  /** @type {Sample[]} */
  const samples = JSON.parse(figure.querySelector("script")?.textContent ?? "[]");
  const chart = /** @type {SVGSVGElement} */ (figure.querySelector("svg"));
  const line = /** @type {SVGPathElement} */ (figure.querySelector("[data-here]"));
  const range = /** @type {HTMLInputElement} */ (figure.querySelector("[data-along]"));
  const told = /** @type {HTMLElement} */ (figure.querySelector("[data-told]"));
  const left = Number(chart.dataset.left);
  const right = Number(chart.dataset.right);
  const length = samples[samples.length - 1].metres;
  range.max = String(samples.length - 1);

  /** @param {number} index */
  const show = (index) => {
    const sample = samples[index];
    range.value = String(index);
    range.setAttribute("aria-valuetext", sample.text);
    told.textContent = sample.text;
    line.setAttribute("transform", `translate(${left + ((right - left) * sample.metres) / length})`);
    line.removeAttribute("hidden");
    pointed([sample.lon, sample.lat]);
  };
  range.addEventListener("input", () => show(Number(range.value)));
  chart.addEventListener("pointermove", (event) => {
    const box = chart.getBoundingClientRect();
    const across = ((event.clientX - box.left) / box.width) * chart.viewBox.baseVal.width;
    show(nearest(samples, ((across - left) / (right - left)) * length));
  });
}

/** Ask for the profile and put it into the holder; a refusal is put there as the server says it.
 * @param {HTMLElement} holder @param {string} url @param {string} line @param {string} failed @returns {Promise<boolean>} */
export async function fetchProfile(holder, url, line, failed) {
  try {
    const answer = await fetch(`${url}?${new URLSearchParams({ line, format: "html" })}`, { headers: { Accept: "application/json" } });
    const isPart = (answer.headers.get("Content-Type") ?? "").startsWith("text/html");
    if (answer.ok && isPart) holder.innerHTML = await answer.text();
    else holder.textContent = (await answer.json()).message ?? failed;
    return answer.ok;
  } catch {
    holder.textContent = failed;
    return false;
  }
}
