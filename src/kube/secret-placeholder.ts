/**
 * Whether a value only stands for a secret that is elsewhere, or is none: nothing, a boolean, a reference to a variable or
 * to a secret store, a template, the path of a file, an address without a user, a blank to fill in, a line of /etc/passwd;
 * or a whole file, which may name secrets and hold none.
 */
export function isSecretPlaceholder(value: string): boolean {
  const text = value.trim();
  if (text === '' || text.includes('\n')) return true;
  return (text.includes('{{') && text.includes('}}')) || PLACEHOLDERS.some((pattern) => pattern.test(text));
}

const PLACEHOLDERS: readonly RegExp[] = [
  /^(?:true|false|yes|no|on|off|null|none|nil|undefined)$/i,
  // $(NAME) of Kubernetes, ${NAME} and $NAME of shells, $__file{…} of Grafana, %NAME% and %(NAME)s of configuration files.
  /\$\([\w.-]+\)|\$\{[^{}]+\}|^\$\w+$|^\$__\w+\{[^{}]+\}$|^%[\w.]+%$|%\(\w+\)s/,
  /^<[^<>]*>$|^\*+$|^x{3,}$/i,
  /^(?:file:\/\/|~|\.{1,2})?\/[\w.@/-]+$|^[A-Za-z]:\\/,
  // A path below a folder that the program knows: key/tls.key.
  /^(?:[\w.@-]+\/)+[\w@-]+(?:\.[\w@-]+)*\.(?:key|pem|crt|cer|cert|p12|pfx|jks|pub|json|ya?ml|txt|conf|env|token)$/i,
  /^https?:\/\/[^\s@]+$/,
  /^(?:vault:|ref\+\w+:|arn:aws|op:\/\/|projects\/|ENC\[|@Microsoft\.KeyVault\()/,
  /^[\w-]+:[x*]?:\d+:\d+:/,
  /^[{[].*[}\]]$/,
];
