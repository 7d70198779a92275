import { Environment, Optional } from '@marcbachmann/cel-js';
import { isCertain } from './fault.ts';
import { formats } from './library/formats.ts';
import type { CelFunction } from './library/library.ts';
import { lists } from './library/lists.ts';
import { network } from './library/network.ts';
import { optionals } from './library/optional.ts';
import { quantities } from './library/quantity.ts';
import { regex } from './library/regex.ts';
import { semver } from './library/semver.ts';
import { texts } from './library/text.ts';
import { macros } from './macros.ts';
import { OWN, rewrite, type KnownNames } from './rewrite.ts';
import { nodesOf } from './syntax-tree.ts';
import { KUBERNETES_TYPES } from './values.ts';

const LIBRARIES = [formats, lists, network, optionals, quantities, regex, semver, texts];

/** What an expression comes to. What cannot be evaluated here is unknown: nobody may conclude anything from it. */
export type Outcome =
  | { readonly is: 'value'; readonly value: unknown }
  /** Evaluation fails wherever it is tried: `no such key`. */
  | { readonly is: 'error'; readonly message: string }
  | { readonly is: 'unknown' };

/** A compiled expression. */
export interface Program {
  /** Whether it says anything of a variable. */
  uses(variable: string): boolean;
  evaluate(self: unknown, oldSelf?: Optional): Outcome;
}

/** Steps of macros that one evaluation may take: about what the API server's budget for a call allows. */
const MOST_STEPS = 1_000_000;

class StepsExceeded extends Error {}

/** An environment with the library of Kubernetes. Source: environment/base.go in k8s.io/apiserver. */
export class CelEnvironment {
  readonly #environment: Environment;
  readonly #known: KnownNames;
  readonly #programs = new Map<string, Program | undefined>();
  #steps = 0;

  constructor() {
    this.#environment = new Environment({ enableOptionalTypes: true, homogeneousAggregateLiterals: false });
    for (const [name, ctor] of Object.entries(KUBERNETES_TYPES)) this.#environment.registerType(name, { ctor });
    const methods = collect(LIBRARIES.map((library) => library.methods));
    const functions = collect(LIBRARIES.map((library) => library.functions));
    const namespaced = collect(LIBRARIES.map((library) => library.namespaced));
    this.#register(methods, (name, parameters) => `dyn.${OWN}${name}(${parameters}): dyn`);
    this.#register(functions, (name, parameters) => `${OWN}${name}(${parameters}): dyn`);
    this.#registerNamespaces(namespaced);
    for (const [signature, expand] of Object.entries(macros(() => this.#tick()))) {
      this.#environment.registerFunction(signature, expand, { async: false });
    }
    this.#environment.registerVariable('self', 'dyn');
    this.#environment.registerVariable('oldSelf', 'dyn');
    this.#known = {
      methods: new Set(methods.keys()),
      functions: new Set(functions.keys()),
      namespaced: new Set(namespaced.keys()),
    };
  }

  /** Undefined for what is not understood. */
  compile(expression: string): Program | undefined {
    if (!this.#programs.has(expression)) this.#programs.set(expression, this.#compile(expression));
    return this.#programs.get(expression);
  }

  #compile(expression: string): Program | undefined {
    let parsed;
    try {
      parsed = this.#environment.parse(expression);
      rewrite(parsed.ast, this.#known, () => this.#tick());
    } catch {
      return undefined;
    }
    const names = new Set<unknown>();
    for (const node of nodesOf(parsed.ast)) if (node.op === 'id') names.add(node.args);
    return {
      uses: (variable) => names.has(variable),
      evaluate: (self, oldSelf = Optional.none()) => this.#evaluate(parsed, { self, oldSelf }),
    };
  }

  #evaluate(run: (context: Record<string, unknown>) => unknown, context: Record<string, unknown>): Outcome {
    this.#steps = 0;
    let outcome: Outcome;
    try {
      outcome = { is: 'value', value: run(context) };
    } catch (error) {
      outcome =
        isCertain(error) && error instanceof Error ? { is: 'error', message: summaryOf(error) } : { is: 'unknown' };
    }
    // What was cut off inside a macro may have been taken for an error of the expression.
    return this.#steps > MOST_STEPS ? { is: 'unknown' } : outcome;
  }

  #tick(): void {
    this.#steps++;
    if (this.#steps > MOST_STEPS) throw new StepsExceeded();
  }

  #register(
    functions: ReadonlyMap<string, CelFunction>,
    signature: (name: string, parameters: string) => string,
  ): void {
    for (const [key, run] of functions) {
      const [name = '', count = '0'] = key.split('/');
      const parameters = parametersOf(count);
      this.#environment.registerFunction(signature(name, parameters), run, { async: false });
    }
  }

  /** `sets.contains(a, b)` is a method of the constant `sets`. */
  #registerNamespaces(functions: ReadonlyMap<string, CelFunction>): void {
    const spaces = new Set([...functions.keys()].map((key) => key.slice(0, key.indexOf('.'))));
    for (const space of spaces) {
      const type = namespaceOf(space);
      if (this.#environment.hasVariable(space)) continue;
      const Namespace = class {
        readonly space = space;
      };
      this.#environment.registerType(type, { ctor: Namespace });
      this.#environment.registerConstant(space, type, new Namespace());
    }
    for (const [key, run] of functions) {
      const [space = '', rest = ''] = key.split('.');
      const [name = '', count = '0'] = rest.split('/');
      const parameters = parametersOf(count);
      const signature = `${namespaceOf(space)}.${OWN}${space}_${name}(${parameters}): dyn`;
      this.#environment.registerFunction(signature, (_: unknown, ...args: unknown[]) => run(...args), { async: false });
    }
  }
}

/** The type of a namespace; cel-js has one of them itself. */
function namespaceOf(space: string): string {
  return `${space.slice(0, 1).toUpperCase()}${space.slice(1)}Namespace`;
}

/** The types of so many parameters. */
function parametersOf(count: string): string {
  return Array.from({ length: Number(count) }, () => 'dyn').join(', ');
}

function collect(parts: readonly (Readonly<Record<string, CelFunction>> | undefined)[]): Map<string, CelFunction> {
  return new Map(parts.flatMap((part) => Object.entries(part ?? {})));
}

/** The first line says what is wrong; the others show where. */
function summaryOf(error: Error): string {
  return error.message.split('\n')[0] ?? '';
}
