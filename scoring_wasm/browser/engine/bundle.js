/**
 * What the bundler put beside these modules. This file only declares the shape: in the published folder the bundler writes
 * its own in this place.
 *
 * @typedef {{bytes: number, sha256: string, adler32: number}} BundledFile
 * @typedef {{file: string, start: number, bytes: number}} Packed where in which file the snapshot lies as deflate
 * @type {{abi: string, packed: Packed, files: Record<string, BundledFile>}}
 */
export const bundle = { abi: "", packed: { file: "", start: 0, bytes: 0 }, files: {} };
