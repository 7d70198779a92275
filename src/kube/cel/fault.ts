import { EvaluationError } from '@marcbachmann/cel-js';

/**
 * What goes wrong in any implementation of CEL: the API server refuses the object for it. Everything else that is thrown
 * may be for want of something here.
 */
const CERTAIN: ReadonlySet<string> = new Set([
  'no_such_key',
  'index_out_of_bounds',
  'index_out_of_range',
  'division_by_zero',
  'modulo_by_zero',
  'numeric_overflow',
  'optional_value_missing',
  'bool_conversion_error',
  'double_conversion_error',
  'int_conversion_error',
  'uint_conversion_error',
  'invalid_duration',
  'invalid_timestamp',
  'invalid_argument',
]);

/** An argument that a function of Kubernetes refuses. */
export function invalidArgument(message: string): EvaluationError {
  return new EvaluationError({ code: 'invalid_argument', message });
}

/** A function that is not known for values of these types. */
export function noSuchOverload(name: string): EvaluationError {
  return new EvaluationError({ code: 'no_such_overload', message: `No such overload: ${name}` });
}

export function isCertain(error: unknown): boolean {
  return error instanceof EvaluationError && CERTAIN.has(error.code);
}
