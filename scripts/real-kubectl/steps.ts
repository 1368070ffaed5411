// node --import=tsx scripts/real-kubectl/steps.ts [--profile NAME] [--pause MS]     runs {"run": ...} lines from stdin with the real
// kubectl against `serve`, one bash a step, and prints {"run","stdout","stderr","exitCode"}: the same lines as `kubelab sh --steps -
// --json`. After a step the world settles; with --pause it goes on for so long instead, as the cluster did that the k files come from.
import process from 'node:process';
import {createInterface} from 'node:readline';
import {parseArgs} from 'node:util';
import {createDesk} from './desk.js';
import {findKubectl} from './find.js';

const {values} = parseArgs({options: {profile: {type: 'string', default: 'empty'}, pause: {type: 'string'}}});
const kubectl = findKubectl();
if (!kubectl) {
	console.error('no kubectl.1.33 on this machine, neither on PATH nor beside what a kubectl there leads to');
	process.exit(2);
}

const desk = await createDesk(kubectl, values.profile, values.pause === undefined ? undefined : Number(values.pause));
for await (const line of createInterface({input: process.stdin})) {
	if (!line.trim()) continue;
	const {run} = JSON.parse(line) as {run: string};
	console.log(JSON.stringify({run, ...(await desk.run(run))}));
}
await desk.close();
