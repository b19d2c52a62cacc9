/**
 * What the bundler put beside these modules. This file only declares the shape: in the published folder the bundler writes
 * its own in this place.
 *
 * @typedef {{bytes: number, sha256: string, adler32: number}} BundledFile
 * @type {{abi: string, files: Record<string, BundledFile>}}
 */
export const bundle = { abi: "", files: {} };
