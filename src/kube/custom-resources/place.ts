/** A place in an object, for what is found there. */
export class Place {
  readonly #parent: Place | undefined;
  readonly step: string | number;

  private constructor(parent: Place | undefined, step: string | number) {
    this.#parent = parent;
    this.step = step;
  }

  static readonly root = new Place(undefined, '');

  at(...steps: readonly (string | number)[]): Place {
    let place: Place = this;
    for (const step of steps) place = new Place(place, step);
    return place;
  }

  get path(): (string | number)[] {
    return this.#parent === undefined ? [] : [...this.#parent.path, this.step];
  }
}
