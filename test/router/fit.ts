/**
 * Multinomial logistic regression with an L2 penalty, by full gradient descent with momentum from zero: no chance in it,
 * so the same tickets always give the same table.
 */
export type Sample = { readonly signals: readonly string[]; readonly type: string; readonly weight: number };

/** What is told apart, and by which signals. */
export type Question = { readonly types: readonly string[]; readonly names: readonly string[] };

/** Chosen once by cross-validation, between 0.0005 and 0.004: a stronger one forgets rare signals. */
const PENALTY = 0.0005;
const STEPS = 300;
const RATE = 0.5;
const MOMENTUM = 0.9;

/** One row of numbers a type, one column a signal, and the last for where every ticket begins. */
export type Matrix = { readonly question: Question; readonly rows: readonly Float64Array[] };

// A test's own world looks globals up slowly, and this is called a million times.
const { exp } = Math;

export function learn(samples: readonly Sample[], question: Question): Matrix {
  const { types, names } = question;
  const start = names.length;
  const zeros = () => types.map(() => new Float64Array(start + 1));
  const total = samples.reduce((sum, { weight }) => sum + weight, 0);
  const [weights, speed] = [zeros(), zeros()];
  const columns = columnsIn(question);
  const columnsOf = samples.map(({ signals }) => Int32Array.from(columns(signals)));
  const targets = samples.map(({ type }) => types.indexOf(type));
  for (let step = 0; step < STEPS; step += 1) {
    const slope = zeros();
    samples.forEach(({ weight }, index) => {
      descend(weights, slope, columnsOf[index] as Int32Array, targets[index] ?? 0, weight / total);
    });
    for (let at = 0; at < types.length; at += 1) {
      const [row, pull, move] = [weights[at], slope[at], speed[at]] as [Float64Array, Float64Array, Float64Array];
      for (let column = 0; column <= start; column += 1) {
        const drag = column === start ? 0 : PENALTY * (row[column] as number);
        move[column] = MOMENTUM * (move[column] as number) - RATE * ((pull[column] as number) + drag);
        row[column] = (row[column] as number) + (move[column] as number);
      }
    }
  }
  return { question, rows: weights };
}

/** One is enough: making a new one for each ticket and step takes longer than the sums. */
const parts = new Float64Array(8);

/** Adds one ticket's share of the slope. */
function descend(
  weights: readonly Float64Array[],
  slope: readonly Float64Array[],
  columns: Int32Array,
  target: number,
  weight: number,
): void {
  let total = 0;
  for (let at = 0; at < weights.length; at += 1) {
    const row = weights[at] as Float64Array;
    let sum = 0;
    for (let index = 0; index < columns.length; index += 1) sum += row[columns[index] as number] as number;
    parts[at] = exp(sum);
    total += parts[at] as number;
  }
  for (let at = 0; at < weights.length; at += 1) {
    const row = slope[at] as Float64Array;
    const error = weight * ((parts[at] as number) / total - (at === target ? 1 : 0));
    for (let index = 0; index < columns.length; index += 1) {
      const column = columns[index] as number;
      row[column] = (row[column] as number) + error;
    }
  }
}

function columnsIn({ names }: Question): (signals: readonly string[]) => number[] {
  const index = new Map(names.map((name, at) => [name, at]));
  return (signals) => [names.length, ...signals.map((name) => index.get(name) ?? names.length)];
}

/** The table as it is checked in: hundredths, divided by the temperature that calibrates it. */
export function tableOf({ question, rows }: Matrix, temperature: number): Record<string, number[]> {
  const entry = (column: number) => rows.map((row) => Math.round(((row[column] ?? 0) / temperature) * 100) / 100 + 0);
  return Object.fromEntries([
    ["start", entry(question.names.length)],
    ...question.names.map((name, column) => [name, entry(column)] as const),
  ]);
}

export function sumsFor({ question, rows }: Matrix, signals: readonly string[]): number[] {
  const columns = columnsIn(question)(signals);
  return rows.map((row) => columns.reduce((sum, column) => sum + (row[column] ?? 0), 0));
}
