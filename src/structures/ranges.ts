// Defines what memory and a file can both give: many bytes or numbers between two places.

export interface Bytes {
  subarray(from: number, to: number): Uint8Array;
}

export interface Numbers {
  subarray(from: number, to: number): Uint32Array;
}
