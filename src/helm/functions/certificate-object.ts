import type { GoObject, Value } from '../value/value.ts';

/** What sprig's functions for certificates return: both parts as PEM. */
export class Certificate implements GoObject {
  readonly typeName = 'sprig.certificate';
  readonly kind = 'struct';
  readonly fields: ReadonlyMap<string, Value>;
  readonly methods = new Map<string, never>();
  readonly certificate: string;
  readonly key: string;

  constructor(certificate: string, key: string) {
    this.certificate = certificate;
    this.key = key;
    this.fields = new Map([
      ['Cert', certificate],
      ['Key', key],
    ]);
  }
}
