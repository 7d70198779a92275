import { nearMiss } from '../../text/near-miss.ts';
import type { StructureIssue } from '../structure.ts';
import type { Cause, ValidationIssue } from '../validation/issue.ts';
import type { Place } from './place.ts';

/** Why the API server refuses a custom resource, in the terms of built-in kinds. */
export type CustomResourceIssue =
  | ({ readonly by: 'decoding' } & StructureIssue)
  | ({ readonly by: 'validation' } & ValidationIssue);

/** What is found in one object. */
export class Issues {
  readonly all: CustomResourceIssue[] = [];

  get isEmpty(): boolean {
    return this.all.length === 0;
  }

  /** @param expected types in the words of JSON Schema @param found such a type, or `null` */
  type(place: Place, expected: readonly string[], found: string): void {
    this.all.push({
      by: 'decoding',
      path: place.path,
      problem: 'type',
      expected: expected.map(wordOf).join(' or '),
      found: wordOf(found),
    });
  }

  required(place: Place, name: string): void {
    this.all.push({ by: 'decoding', path: place.path, problem: 'required', name });
  }

  unknown(place: Place, name: string, suggestion: string | undefined): void {
    const hint = suggestion !== undefined && { suggestion };
    this.all.push({ by: 'decoding', path: place.at(name).path, problem: 'unknown', name, ...hint });
  }

  /** @param found the text that is none of the allowed values, if it is a text */
  notAllowed(place: Place, allowed: readonly unknown[], found: string | undefined): void {
    const texts = allowed.map((value) =>
      value === '' ? '""' : typeof value === 'string' ? value : JSON.stringify(value),
    );
    const suggestion = found === undefined ? undefined : nearMiss(found, texts);
    const hint = suggestion !== undefined && { suggestion };
    this.all.push({ by: 'decoding', path: place.path, problem: 'enum', expected: texts.join(', '), ...hint });
  }

  /** @param format such as `date-time` */
  format(place: Place, format: string): void {
    this.all.push({ by: 'decoding', path: place.path, problem: 'format', expected: `a text of the format ${format}` });
  }

  /** @param problem a predicate: `is longer than 63 characters` @param remedy a command without a full stop */
  invalid(place: Place, problem: string, remedy: string, cause: Cause = 'FieldValueInvalid'): void {
    this.all.push({ by: 'validation', path: place.path, cause, problem, remedy });
  }
}

/** A type in the words of YAML; a list and a mapping have other names there. */
function wordOf(type: string): string {
  return type === 'array' ? 'list' : type;
}
