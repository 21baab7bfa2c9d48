// What MapLibre itself makes of expressions, filters and styles: reads {values, filters, style} as JSON, writes answers.
const spec = require(process.argv[2]);

function valueOf({ expression, properties, zoom, type }) {
  const made = spec.createExpression(expression, "expression");
  if (made.result === "error") return { refused: made.value.map((error) => error.message).join("; ") };
  const feature = { type, properties };
  const value = made.value.evaluateWithoutErrorHandling
    ? guarded(() => made.value.evaluateWithoutErrorHandling({ zoom }, feature))
    : guarded(() => made.value.evaluate({ zoom }, feature));
  return value;
}

function guarded(ask) {
  try {
    const value = ask();
    return { value: value && value.toString && typeof value === "object" && "r" in value ? value.toString() : value };
  } catch {
    return { failed: true };
  }
}

function holds({ filter, properties, zoom, type }) {
  const kinds = { Point: 1, LineString: 2, Polygon: 3 };
  const made = spec.featureFilter(filter, "filter");
  return made.filter({ zoom }, { type: kinds[type], properties });
}

let text = "";
process.stdin.on("data", (part) => { text += part; });
process.stdin.on("end", () => {
  const asked = JSON.parse(text);
  const errors = asked.style ? spec.validateStyleMin(asked.style).map((error) => error.message) : [];
  process.stdout.write(JSON.stringify({ values: (asked.values ?? []).map(valueOf), filters: (asked.filters ?? []).map(holds), errors }));
});
