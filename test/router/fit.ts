import { SIGNAL_NAMES, type SignalName } from "../../src/core/rules/route-signals.ts";
import { TEXT_TYPES, type TextType, type Weights } from "../../src/core/rules/route-type.ts";

/**
 * Multinomial logistic regression with an L2 penalty, by full gradient descent with momentum from zero: no chance in it,
 * so the same tickets always give the same table.
 */
export type Sample = { readonly signals: readonly SignalName[]; readonly type: TextType; readonly weight: number };

/** Chosen once by cross-validation, between 0.0005 and 0.004: a stronger one forgets rare signals. */
const PENALTY = 0.001;
const STEPS = 300;
const RATE = 0.5;
const MOMENTUM = 0.9;
const START = SIGNAL_NAMES.length;
const INDEX = new Map(SIGNAL_NAMES.map((name, index) => [name, index]));

/** One row of numbers a type, one column a signal, and the last for where every ticket begins. */
export type Matrix = Float64Array[];

// A test's own world looks globals up slowly, and this is called a million times.
const { exp } = Math;
const TYPES = TEXT_TYPES.length;

export function learn(samples: readonly Sample[]): Matrix {
  const total = samples.reduce((sum, { weight }) => sum + weight, 0);
  const weights = zeros();
  const speed = zeros();
  const columnsOf = samples.map(({ signals }) => Int32Array.from(columnsFor(signals)));
  const targets = samples.map(({ type }) => TEXT_TYPES.indexOf(type));
  for (let step = 0; step < STEPS; step += 1) {
    const slope = zeros();
    samples.forEach(({ weight }, index) => {
      descend(weights, slope, columnsOf[index] as Int32Array, targets[index] ?? 0, weight / total);
    });
    for (let at = 0; at < TYPES; at += 1) {
      const [row, pull, move] = [weights[at], slope[at], speed[at]] as [Float64Array, Float64Array, Float64Array];
      for (let column = 0; column <= START; column += 1) {
        const drag = column === START ? 0 : PENALTY * (row[column] as number);
        move[column] = MOMENTUM * (move[column] as number) - RATE * ((pull[column] as number) + drag);
        row[column] = (row[column] as number) + (move[column] as number);
      }
    }
  }
  return weights;
}

/** One is enough: making a new one for each ticket and step takes longer than the sums. */
const parts = new Float64Array(TYPES);

/** Adds one ticket's share of the slope. */
function descend(weights: Matrix, slope: Matrix, columns: Int32Array, target: number, weight: number): void {
  let total = 0;
  for (let at = 0; at < TYPES; at += 1) {
    const row = weights[at] as Float64Array;
    let sum = 0;
    for (let index = 0; index < columns.length; index += 1) sum += row[columns[index] as number] as number;
    parts[at] = exp(sum);
    total += parts[at] as number;
  }
  for (let at = 0; at < TYPES; at += 1) {
    const row = slope[at] as Float64Array;
    const error = weight * ((parts[at] as number) / total - (at === target ? 1 : 0));
    for (let index = 0; index < columns.length; index += 1) {
      const column = columns[index] as number;
      row[column] = (row[column] as number) + error;
    }
  }
}

function columnsFor(signals: readonly SignalName[]): number[] {
  return [START, ...signals.map((name) => INDEX.get(name) ?? START)];
}

/** The table as it is checked in: hundredths, divided by the temperature that calibrates it. */
export function tableOf(matrix: Matrix, temperature: number): Weights {
  const entry = (column: number) =>
    TEXT_TYPES.map((_, at) => Math.round(((matrix[at]?.[column] ?? 0) / temperature) * 100) / 100 + 0);
  return Object.fromEntries([
    ["start", entry(START)],
    ...SIGNAL_NAMES.map((name, column) => [name, entry(column)]),
  ]) as Weights;
}

function zeros(): Matrix {
  return TEXT_TYPES.map(() => new Float64Array(START + 1));
}

export function sumsFor(matrix: Matrix, signals: readonly SignalName[]): number[] {
  return matrix.map((row) => columnsFor(signals).reduce((sum, column) => sum + (row[column] ?? 0), 0));
}
