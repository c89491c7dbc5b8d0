// Compares Kubernetes' manifests with the models of its API: unknown or misspelt fields, wrong types, missing fields, and
// what this project asks of every pod. Arguments: files of YAML documents. Needs the packages kubernetes-models and yaml.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const packages = `${process.env.MODULES}/node_modules`;
const load = (file) => import(pathToFileURL(`${packages}/${file}`));
const { parseAllDocuments } = (await load('yaml/dist/index.js')).default;

const failures = [];

// The models check the fields that they know and look at no other one; so a field that nobody has read is misspelt.
function watched(value, path, unread) {
  if (value === null || typeof value !== 'object') return value;
  const inner = Array.isArray(value) ? [] : {};
  for (const [key, content] of Object.entries(value)) {
    const at = `${path}.${key}`;
    inner[key] = watched(content, at, unread);
    if (!Array.isArray(value)) unread.add(at);
  }
  return new Proxy(inner, {
    get: (target, key) => {
      if (typeof key === 'string') unread.delete(`${path}.${key}`);
      return target[key];
    },
  });
}

const groups = { v1: 'CoreV1', 'apps/v1': 'AppsV1', 'batch/v1': 'BatchV1' };

async function validator(document) {
  const group = groups[document.apiVersion];
  return (await load(`kubernetes-models/_schemas/IoK8sApi${group}${document.kind}.js`)).validate;
}

function podOf(document) {
  if (document.kind === 'CronJob') return document.spec.jobTemplate.spec.template.spec;
  if (document.kind === 'Deployment') return document.spec.template.spec;
  return undefined;
}

function requireSafe(pod, where) {
  const container = pod.containers[0];
  const wanted = {
    'runs as a user that is not root': pod.securityContext.runAsNonRoot === true && pod.securityContext.runAsUser > 0,
    'has a group for its volumes': pod.securityContext.fsGroup > 0,
    'has a seccomp profile': pod.securityContext.seccompProfile.type === 'RuntimeDefault',
    'has no token of Kubernetes': pod.automountServiceAccountToken === false,
    'has a root file system that is read-only': container.securityContext.readOnlyRootFilesystem === true,
    'gains no privilege': container.securityContext.allowPrivilegeEscalation === false,
    'has no capability': container.securityContext.capabilities.drop.includes('ALL'),
    'has a limit of memory': Boolean(container.resources.limits.memory),
    'has time for a stop': pod.terminationGracePeriodSeconds >= 60,
    'mounts only volumes that are there': container.volumeMounts.every((mount) => pod.volumes.some((v) => v.name === mount.name)),
    'names an image without a host, by its tag': /^[a-z-]+:[0-9.]+$/.test(container.image),
  };
  for (const [what, holds] of Object.entries(wanted)) if (!holds) failures.push(`${where}: the pod must be one that ${what}`);
}

let count = 0;
for (const file of process.argv.slice(2)) {
  for (const parsed of parseAllDocuments(readFileSync(file, 'utf8'))) {
    parsed.errors.forEach((error) => failures.push(`${file}: ${error.message}`));
    const document = parsed.toJSON();
    if (!document) continue;
    count++;
    const where = `${file}: ${document.kind} ${document.metadata?.name}`;
    try {
      const validate = await validator(document);
      const unread = new Set();
      if (!validate(watched(document, '', unread))) {
        validate.errors.forEach((error) => failures.push(`${where}: ${error.instancePath} ${error.message ?? error.keyword}`));
      }
      unread.forEach((path) => failures.push(`${where}: ${path} is no field of Kubernetes'`));
    } catch (wrong) {
      failures.push(`${where}: ${wrong.message}`);
    }
    const pod = podOf(document);
    if (pod) requireSafe(pod, where);
  }
}
failures.forEach((failure) => console.error(failure));
if (count === 0 || failures.length > 0) process.exit(1);
console.log(`${count} Kubernetes objects are valid`);
