'use strict';
// The post-renderer plugin of Helm. Helm installs a local plugin as a link: Node follows it before it looks for what is
// required here, and a shell would not.
const fs = require('node:fs');

const OF_HELM = `/proc/${process.ppid}/fd/2`;

/**
 * Where the report is seen. Helm 4 keeps what a post-renderer says on standard error to itself (helm.sh/helm/v4 4.1.4,
 * internal/plugin/runtime_subprocess.go, runPostrenderer), so it goes to Helm's own standard error where Linux lets us,
 * elsewhere to the terminal.
 * @returns {number | undefined}
 */
function openReport() {
  const { O_WRONLY, O_APPEND, O_NOCTTY } = fs.constants;
  try {
    const ofHelm = fs.statSync(OF_HELM);
    const own = fs.fstatSync(2);
    // A Helm that passes ours on needs no help; into a file, Helm would write over what we have written.
    const isUseful =
      (ofHelm.isFIFO() || ofHelm.isCharacterDevice()) && (ofHelm.dev !== own.dev || ofHelm.ino !== own.ino);
    return isUseful ? fs.openSync(OF_HELM, O_WRONLY | O_APPEND | O_NOCTTY) : undefined;
  } catch {
    // Not Linux, or not ours to write to.
  }
  try {
    return process.platform === 'darwin' ? fs.openSync('/dev/tty', O_WRONLY | O_APPEND) : undefined;
  } catch {
    return undefined;
  }
}

const report = process.env['HELM_PLUGIN_NAME'] === undefined ? undefined : openReport();
if (report !== undefined) {
  const write = process.stderr.write.bind(process.stderr);
  process.stderr.write = (text) => {
    try {
      fs.writeSync(report, text);
      return true;
    } catch {
      return write(text);
    }
  };
}
process.argv.splice(2, 0, 'gate');
require('../../dist/chartlint.cjs');
