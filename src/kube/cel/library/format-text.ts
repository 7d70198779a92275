import { invalidArgument, noSuchOverload } from '../fault.ts';
import { isList } from '../values.ts';
import { printValue } from './print-value.ts';

/** What a rule may ask for; more digits make a message no better. */
const MOST_DIGITS = 100;

/** `"%d of %s".format([1, "a"])`. Source: ext/formatting.go of cel-go. */
export function formatText(template: string, args: unknown): string {
  if (!isList(args)) throw noSuchOverload('format');
  let next = 0;
  return template.replaceAll(
    /%(%|(?:\.(\d+))?([a-zA-Z])?)/g,
    (_, clause: string, digits: string | undefined, verb: string | undefined) => {
      if (clause === '%') return '%';
      if (next >= args.length) throw invalidArgument('format has too few arguments');
      return formatValue(args[next++], verb ?? '', Math.min(Number(digits ?? 6), MOST_DIGITS));
    },
  );
}

function formatValue(value: unknown, verb: string, digits: number): string {
  switch (verb) {
    case 's':
      return printValue(value);
    case 'd':
      if (typeof value === 'bigint' || typeof value === 'number') return printValue(value);
      break;
    case 'f':
      if (typeof value !== 'number' && typeof value !== 'bigint') break;
      // From here on, how digits are grouped depends on the server's language.
      if (Math.abs(Number(value)) >= 1000) throw noSuchOverload('format');
      return Number(value).toFixed(digits);
    case 'e':
      throw noSuchOverload('format');
    case 'b':
      if (typeof value === 'boolean') return value ? '1' : '0';
      if (typeof value === 'bigint') return value.toString(2);
      break;
    case 'o':
      if (typeof value === 'bigint') return value.toString(8);
      break;
    case 'x':
    case 'X': {
      const text =
        typeof value === 'bigint'
          ? value.toString(16)
          : typeof value === 'string'
            ? Buffer.from(value).toString('hex')
            : undefined;
      if (text !== undefined) return verb === 'X' ? text.toUpperCase() : text;
      break;
    }
    default:
      throw invalidArgument(`format does not know %${verb}`);
  }
  throw invalidArgument(`%${verb} does not take this value`);
}
