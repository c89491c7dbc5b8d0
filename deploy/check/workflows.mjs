// Checks of GitHub workflows that every action is pinned by a full commit, that a workflow may only read, so that jobs
// that need more say so themselves, and that no job runs for ever. Arguments: files. Needs the package yaml.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const packages = `${process.env.MODULES}/node_modules`;
const load = (file) => import(pathToFileURL(`${packages}/${file}`));
const { parse } = (await load('yaml/dist/index.js')).default;

const failures = [];
for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, 'utf8');
  const workflow = parse(text);
  if (JSON.stringify(workflow.permissions) !== '{"contents":"read"}' && JSON.stringify(workflow.permissions) !== '{}') {
    failures.push(`${file}: permissions of the workflow must be {} or contents: read; a job that needs more says so itself`);
  }
  for (const [name, job] of Object.entries(workflow.jobs)) {
    if (!job['timeout-minutes']) failures.push(`${file}: job ${name} has no timeout-minutes`);
    for (const step of job.steps ?? []) {
      if (step.uses && !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/.test(step.uses)) {
        failures.push(`${file}: ${step.uses} isn't pinned by a full commit`);
      }
    }
  }
}
failures.forEach((failure) => console.error(failure));
if (failures.length > 0) process.exit(1);
console.log(`${process.argv.length - 2} workflows are valid`);
