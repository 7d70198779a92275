'use strict';
// Helm installs a local plugin as a link. Node follows it before it looks for what is required, and a shell would not.
process.argv.splice(2, 0, 'gate');
require('../../dist/chartlint.cjs');
