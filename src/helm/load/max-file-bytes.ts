/** The largest file that Helm loads into a chart (`MaxDecompressedFileSize`). */
export const MAX_FILE_BYTES = 5 * 1024 * 1024;
