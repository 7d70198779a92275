/** Why a value cannot be written, or a text not read, in Go's words. */
export class CodecError extends Error {
  override readonly name = 'CodecError';
}
