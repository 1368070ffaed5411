// npm run real-kubectl:recorded -- [--show N] [--pause MS] [NAME...]     plays recordings of a real cluster (all of test/data/oracle, or those whose
// names begin so) by our kubectl and by the real 1.33 before `serve`, and prints how many steps each gave as recorded; --show: the first N steps of each
// recording at which only one of the two did. The exit status is 1 when the real one agrees less often than ours.
import {readdirSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {findKubectl} from './find.js';
import {playRecording} from './recorded.js';

const {values, positionals} = parseArgs({
	options: {show: {type: 'string', default: '0'}, pause: {type: 'string'}},
	allowPositionals: true,
});
const nodePauseMs = 1000;
const kubectl = findKubectl();
if (!kubectl) {
	console.error('no kubectl.1.33 on this machine, neither on PATH nor beside what a kubectl there leads to');
	process.exit(2);
}

const folder = fileURLToPath(new URL('../../test/data/oracle/', import.meta.url));
const wanted = (name: string) => positionals.length === 0 || positionals.some(start => name.startsWith(start));
/** The k files come from a cluster that went on while commands were typed. */
const pauseOf = (name: string) => (values.pause !== undefined ? Number(values.pause) : name.startsWith('k') ? nodePauseMs : undefined);

const sum = {steps: 0, own: 0, real: 0};
for (const name of readdirSync(folder).filter(file => file.endsWith('.jsonl') && wanted(file))) {
	const score = {steps: 0, own: 0, real: 0};
	let shown = 0;
	for await (const {run, recorded, own, real, ownAgrees, realAgrees} of playRecording(
		kubectl,
		path.join(folder, name),
		name.startsWith('k') ? 'base' : 'empty',
		pauseOf(name),
	)) {
		score.steps++;
		score.own += Number(ownAgrees);
		score.real += Number(realAgrees);
		if (ownAgrees === realAgrees || shown >= Number(values.show)) continue;
		shown++;
		console.log(JSON.stringify({run, recorded: said(recorded), ...(ownAgrees ? {real: said(real)} : {own: said(own)})}, null, '\t'));
	}
	console.log(`${path.basename(name, '.jsonl').padEnd(36)} ${score.steps} steps, ours ${score.own}, the real one ${score.real}`);
	for (const key of ['steps', 'own', 'real'] as const) sum[key] += score[key];
}
console.log(`${sum.steps} steps, ours ${sum.own}, the real one ${sum.real}`);
process.exit(sum.real < sum.own ? 1 : 0);

function said({stdout, stderr, exitCode}: {stdout: string; stderr: string; exitCode: number}) {
	return {stdout: stdout.split('\n'), stderr: stderr.split('\n'), exitCode};
}
