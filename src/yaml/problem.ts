/**
 * What can be wrong with a YAML text. Where go-yaml v2 has words for it (`scannerc.go`, `parserc.go`, `decode.go`),
 * these are its name.
 */
export type Problem =
  // Of characters.
  | 'could not find expected directive name'
  | "could not find expected ':'"
  | 'block sequence entries are not allowed in this context'
  | 'control characters are not allowed'
  | 'did not find URI escaped octet'
  | "did not find expected '!'"
  | 'did not find expected alphabetic or numeric character'
  | 'did not find expected comment or line break'
  | "did not find expected digit or '.' character"
  | 'did not find expected hexdecimal number'
  | 'did not find expected tag URI'
  | 'did not find expected version number'
  | 'did not find expected whitespace'
  | 'did not find expected whitespace or line break'
  | "did not find the expected '>'"
  | 'found a tab character that violates indentation'
  | 'found a tab character where an indentation space is expected'
  | 'found an incorrect leading UTF-8 octet'
  | 'found an incorrect trailing UTF-8 octet'
  | 'found an indentation indicator equal to 0'
  | 'found character that cannot start any token'
  | 'found extremely long version number'
  | 'found invalid Unicode character escape code'
  | 'found unexpected document indicator'
  | 'found unexpected end of stream'
  | 'found unexpected non-alphabetical character'
  | 'found unknown directive name'
  | 'found unknown escape character'
  | 'mapping keys are not allowed in this context'
  | 'mapping values are not allowed in this context'
  | 'there are two byte order marks'
  // Of the grammar.
  | 'did not find expected <document start>'
  | "did not find expected ',' or ']'"
  | "did not find expected ',' or '}'"
  | "did not find expected '-' indicator"
  | 'did not find expected key'
  | 'did not find expected node content'
  | 'exceeded max depth'
  | 'found duplicate %TAG directive'
  | 'found duplicate %YAML directive'
  | 'found incompatible YAML document'
  | 'found undefined tag handle'
  // Of the meaning.
  | 'alias inside its anchor'
  | 'alias without anchor'
  | 'collection as key'
  | 'document contains excessive aliasing'
  | 'map merge requires map or sequence of maps as the value'
  | 'tag that does not fit'
  | 'unknown tag'
  | 'unsupported key'
  | 'unsupported number'
  | '!!binary value contains invalid base64 data';
