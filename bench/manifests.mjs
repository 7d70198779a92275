/**
 * Mixed manifests: in real charts, most bytes are CustomResourceDefinitions, then workloads with their configuration.
 * @param {number} bytes roughly how much
 * @returns {string}
 */
export function makeManifests(bytes) {
  const parts = [];
  let size = 0;
  for (let n = 0; size < bytes; n++) {
    const part = n % 4 === 0 ? definition(n) : application(n);
    parts.push(part);
    size += part.length;
  }
  return parts.join('');
}

/** @param {number} n */
function application(n) {
  const keys = Array.from({ length: 20 }, (_, i) => `  SETTING_${i}: "value ${i} of application ${n}"`).join('\n');
  return `---
# Source: bench/templates/configmap.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: app-${n}
  labels: &labels-${n}
    app.kubernetes.io/name: app-${n}
    app.kubernetes.io/managed-by: Helm
data:
  PORT: "8000"
${keys}
  server.conf: |
    listen 8000
    root /srv/app-${n}
    # a comment in a file
---
# Source: bench/templates/service.yaml
apiVersion: v1
kind: Service
metadata:
  name: app-${n}
spec:
  selector: { app.kubernetes.io/name: app-${n} }
  ports: [{ name: http, port: 80, targetPort: http }]
---
# Source: bench/templates/deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: app-${n}
  labels:
    app.kubernetes.io/name: app-${n}
spec:
  replicas: 2
  selector:
    matchLabels:
      app.kubernetes.io/name: app-${n}
  template:
    metadata:
      annotations:
        checksum/config: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
      labels:
        app.kubernetes.io/name: app-${n}
    spec:
      containers:
        - name: app
          image: "registry.example.com/app:1.${n}.0"
          envFrom:
            - configMapRef: { name: app-${n} }
            - secretRef: { name: app-${n}-secret }
          env:
            - name: POD_NAME
              valueFrom: { fieldRef: { fieldPath: metadata.name } }
          ports:
            - { name: http, containerPort: 8000 }
          readinessProbe:
            httpGet: { path: /ready, port: http }
            periodSeconds: 10
          resources:
            requests: { cpu: 100m, memory: 128Mi }
            limits: { memory: 256Mi }
          volumeMounts:
            - { name: data, mountPath: /data }
      volumes:
        - name: data
          emptyDir: {}
`;
}

/** @param {number} n */
function definition(n) {
  const property = (/** @type {number} */ i) => `                field${i}:
                  description: |-
                    Field ${i} of kind ${n} says how the controller treats the object. More of it is
                    written in the documentation of the controller, which nobody reads.
                  type: object
                  properties:
                    enabled:
                      default: false
                      type: boolean
                    names:
                      items:
                        maxLength: 63
                        pattern: ^[a-z0-9]([-a-z0-9]*[a-z0-9])?$
                        type: string
                      type: array
                  required:
                    - names
`;
  return `---
# Source: bench/crds/kind${n}.yaml
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: kind${n}s.bench.example.com
spec:
  group: bench.example.com
  names: { kind: Kind${n}, plural: kind${n}s }
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
${Array.from({ length: 40 }, (_, i) => property(i)).join('')}`;
}
