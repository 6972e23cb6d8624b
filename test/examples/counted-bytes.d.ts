export function countedBytes(): (length: number) => Uint8Array;
