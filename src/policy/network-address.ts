/** `https://…`, `git+ssh://…`, `oci://…`, `git@host:…`, `github.com/…`. */
export function isAddress(name: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/|^[\w.-]+@[\w.-]+:|^(?:github|gitlab|bitbucket)\.(?:com|org)\//i.test(name);
}

/** Why a policy cannot extend an address. */
export function refuseAddress(name: string): string {
  return (
    `${name} is an address on the network: a policy extends built-in policies and files, which are there whenever it ` +
    'is read. Save the file beside this one and write its path.'
  );
}
