// Collects numbers one by one into a typed array.

type Typed = Uint8Array | Uint16Array | Uint32Array;

const ROOM_AT_FIRST = 1024;

/** A typed array that doubles as it fills. */
class GrowableArray<T extends Typed> {
  length = 0;
  private room: T;

  constructor(private readonly make: (length: number) => T) {
    this.room = make(ROOM_AT_FIRST);
  }

  push(value: number): void {
    if (this.length === this.room.length) {
      const wider = this.make(2 * this.room.length);
      wider.set(this.room);
      this.room = wider;
    }
    this.room[this.length++] = value;
  }

  /** @param place below `length` */
  set(place: number, value: number): void {
    this.room[place] = value;
  }

  at(place: number): number {
    return this.room[place] ?? 0;
  }

  /** What was pushed, in memory of its own. */
  toArray(): T {
    const exact = this.make(this.length);
    exact.set(this.room.subarray(0, this.length));
    return exact;
  }
}

export const growingBytes = (): GrowableArray<Uint8Array> => new GrowableArray((length) => new Uint8Array(length));
export const growingUnits = (): GrowableArray<Uint16Array> => new GrowableArray((length) => new Uint16Array(length));
export const growingNumbers = (): GrowableArray<Uint32Array> => new GrowableArray((length) => new Uint32Array(length));
