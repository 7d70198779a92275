import { Bytes, type MapType, type Value } from './value.ts';

/** What a map gives for a key that it has not got. */
export function zeroOf(type: MapType): Value {
  switch (type) {
    case 'map[string]string':
      return '';
    case 'map[string]bool':
      return false;
    case 'engine.files':
      return new Bytes(new Uint8Array(), true);
    default:
      return null;
  }
}
