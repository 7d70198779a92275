// A chart of the size of an umbrella: 100 templates, deep includes, about 5,000 lines of output.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const TEMPLATES = 100;
const DEPTH = 12;

/** @param {string} folder an empty or missing folder */
export function writeLargeChart(folder) {
  mkdirSync(path.join(folder, 'templates'), { recursive: true });
  const write = (/** @type {string} */ name, /** @type {string} */ text) => {
    writeFileSync(path.join(folder, name), text);
  };
  write('Chart.yaml', 'apiVersion: v2\nname: large\nversion: 1.0.0\nappVersion: "1.2.3"\n');
  const services = Array.from({ length: TEMPLATES }, (_, index) => {
    return `  service${index}:\n    image: example.org/service${index}\n    port: ${8000 + index}\n    level: INFO\n`;
  });
  write('values.yaml', `${COMMON}services:\n${services.join('')}`);
  const nested = Array.from({ length: DEPTH }, (_, level) => {
    const inner = level === 0 ? '{{ .root.Chart.Name }}-{{ .name }}' : `{{ include "large.level${level - 1}" . }}`;
    return `{{- define "large.level${level}" -}}\n${inner}\n{{- end }}\n`;
  });
  write('templates/_helpers.tpl', nested.join('') + LABELS);
  for (let index = 0; index < TEMPLATES; index++) write(`templates/service${index}.yaml`, template(`service${index}`));
}

const COMMON = `global:
  registry: ""
labels:
  team: bench
  tier: backend
resources:
  requests: { cpu: 100m, memory: 128Mi }
  limits: { memory: 256Mi }
`;

const LABELS = `{{- define "large.labels" -}}
app.kubernetes.io/name: {{ include "large.level${DEPTH - 1}" . | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/instance: {{ .root.Release.Name | quote }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
{{- with .root.Values.labels }}
{{ toYaml . }}
{{- end }}
{{- end }}
`;

/** @param {string} name */
function template(name) {
  return `{{- $context := dict "root" . "name" "${name}" }}
{{- with .Values.services.${name} }}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ include "large.level${DEPTH - 1}" $context }}
  labels:
    {{- include "large.labels" $context | nindent 4 }}
data:
  LEVEL: {{ .level | default "DEBUG" | quote }}
  PORT: {{ .port | quote }}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "large.level${DEPTH - 1}" $context }}
  labels:
    {{- include "large.labels" $context | nindent 4 }}
spec:
  replicas: {{ max 1 2 }}
  selector:
    matchLabels:
      app: {{ include "large.level${DEPTH - 1}" $context }}
  template:
    metadata:
      labels:
        app: {{ include "large.level${DEPTH - 1}" $context }}
      annotations:
        checksum/config: {{ toJson . | sha256sum }}
    spec:
      containers:
        - name: {{ "${name}" | lower }}
          image: {{ printf "%s:%s" .image $.Chart.AppVersion | quote }}
          ports:
            - containerPort: {{ .port }}
          resources:
            {{- toYaml $.Values.resources | nindent 12 }}
{{- end }}
`;
}
