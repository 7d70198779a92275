import { mountedHostPaths } from '../../src/bundle/host-path.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { enumerate } from '../../src/text/enumerate.ts';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Forbid mounts of the socket of a container runtime',
    why:
      'Whoever may write to the socket of Docker, containerd or CRI-O starts containers of any kind on the node, past all that Kubernetes checks. ' +
      'The socket counts in whatever folder it is, as with kube-linter.',
    help: 'Remove volume {{volume}}: build images with a program that needs no runtime, and ask the API server for what runs.',
    references: ['https://kubernetes.io/docs/concepts/storage/volumes/#hostpath'],
    covers: ['kube-linter/docker-sock', 'trivy/KSV-0006', 'checkov/CKV_K8S_27'],
    severity: 'error',
    recommended: false,
    messages: {
      socket: 'Volume {{volume}}, which is the socket {{path}} of the container runtime, is mounted by {{containers}}.',
    },
    options: {
      type: 'object',
      properties: {
        paths: {
          type: 'array',
          items: { type: 'string' },
          default: ['*/docker.sock', '*/containerd.sock', '*/crio.sock', '*/cri-dockerd.sock'],
          description: 'Paths of sockets that no container may mount, as globs.',
        },
      },
    },
  },
  check(workload, { options, report }) {
    for (const { volume, containers } of mountedHostPaths(workload, options.paths)) {
      const data = { volume: volume.name, path: volume.path, containers: enumerate(containers) };
      report(volume.cursor.at('path'), 'socket', data);
    }
  },
});
