// Records which expressions of CEL a real API server accepts, into fixtures/verdicts/expressions/cases.jsonl:
// `node scripts/record-expressions.mjs https://127.0.0.1:6443 TOKEN`. A line is the object that the expression stands in, the
// expression, and the status code. To add an expression, add a line with the code 0. Nothing is created: it is all a dry run.
import { readFileSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import path from 'node:path';

const FOLDER = path.join(import.meta.dirname, '../fixtures/verdicts/expressions');
const [server = '', token = ''] = process.argv.slice(2);
if (server === '') throw new Error('Name the address of the API server, and a token.');
const agent = new https.Agent({ keepAlive: true, rejectUnauthorized: false });

/** @type {Readonly<Record<string, string>>} */
const PLURALS = {
  CustomResourceDefinition: 'customresourcedefinitions',
  ValidatingAdmissionPolicy: 'validatingadmissionpolicies',
  MutatingAdmissionPolicy: 'mutatingadmissionpolicies',
  ValidatingWebhookConfiguration: 'validatingwebhookconfigurations',
  DeviceClass: 'deviceclasses',
  ResourceClaim: 'namespaces/default/resourceclaims',
  ResourceClaimTemplate: 'namespaces/default/resourceclaimtemplates',
};

/** @param {any} object @returns {Promise<number>} the status code */
function ask(object) {
  const target = `/apis/${object.apiVersion}/${PLURALS[object.kind]}?dryRun=All&fieldValidation=Strict`;
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  return new Promise((resolve, reject) => {
    const request = https.request(`${server}${target}`, { agent, method: 'POST', headers }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    request.on('error', reject);
    request.end(JSON.stringify(object));
  });
}

const objects = JSON.parse(readFileSync(path.join(FOLDER, 'objects.json'), 'utf8'));
const file = path.join(FOLDER, 'cases.jsonl');
const lines = [];
for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
  const [where, expression] = JSON.parse(line);
  const object = JSON.stringify(objects[where]).replace('"EXPRESSION"', () => JSON.stringify(expression));
  lines.push(JSON.stringify([where, expression, await ask(JSON.parse(object))]));
}
writeFileSync(file, `${lines.join('\n')}\n`);
agent.destroy();
