/** Node's crypto. Loading it takes several milliseconds, which only charts that hash or encrypt have to wait for. */
export function nodeCrypto() {
  return process.getBuiltinModule('node:crypto');
}
