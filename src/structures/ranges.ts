// What both memory and a file can give: a stretch of many bytes or numbers, asked for by its ends.

export interface Bytes {
  subarray(from: number, to: number): Uint8Array;
}

export interface Numbers {
  subarray(from: number, to: number): Uint32Array;
}
