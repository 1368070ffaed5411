// npm run kill -- [--count N] [--seed TEXT]     kill -9 at random points of a running lab: each time the next start must find all that was
// typed but at most the command in flight, and the same world. The exit status is 1 when it does not.
import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {build} from 'esbuild';
import {openSession} from '../../source/cli/sessions.js';
import {createRandom} from '../../source/sim/random.js';
import {State} from '../../source/sim/state.js';
import {randomLines} from '../../test/helpers/random-lines.js';
import {keepPlace} from '../bundle-plugins.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const recorder = path.join(root, 'generated', 'kill', 'recording-process.js');
const stepsMax = 2000;
/** After so many the lab begins anew: each start plays again what was typed. */
const killsPerLab = 10;
const runMsMax = 1500;

/** Runs the lab, kills it, and returns the number of steps that it had said were safe. */
async function killed(home: string, known: number, afterMs: number, atStart: boolean): Promise<number> {
	const child = spawn(process.execPath, [recorder, home, String(stepsMax), 'play'], {stdio: ['ignore', 'pipe', 'pipe']});
	let [said, complaint] = ['', ''];
	const gone = new Promise<number | null>(resolve => child.on('close', resolve));
	const ready = new Promise<void>(resolve => child.stdout.on('data', chunk => (said += chunk).includes('ready') && resolve()));
	child.stderr.on('data', chunk => (complaint += chunk));
	if (!atStart) await Promise.race([ready, gone]);
	await new Promise(resolve => setTimeout(resolve, afterMs));
	child.kill('SIGKILL');
	const status = await gone;
	if (complaint) throw new Error(complaint);
	// Whoever was killed has no status; whoever had typed all has none to speak of.
	if (status) throw new Error(`it ended by itself, with status ${status}`);
	const whole = said.slice(0, said.lastIndexOf('\n') + 1).trim();
	return whole ? Number(whole.split('\n').at(-1)!.replace('ready ', '')) : known;
}

// Bundled, since it starts so many times.
await build({
	absWorkingDir: root,
	entryPoints: ['test/helpers/recording-process.ts'],
	outdir: path.dirname(recorder),
	bundle: true,
	splitting: true,
	packages: 'external',
	format: 'esm',
	platform: 'node',
	target: 'node20',
	loader: {'.txt': 'text'},
	plugins: [keepPlace],
	logLevel: 'warning',
});
const {values} = parseArgs({options: {count: {type: 'string', default: '200'}, seed: {type: 'string', default: '1'}}});
const random = createRandom(new State(), `kill/${values.seed}`).fork('points');
const typed = randomLines('killed', stepsMax);
const failures: string[] = [];
let [lost, home, known] = [0, '', 0];
for (let number = 0; number < Number(values.count); number++) {
	if (number % killsPerLab === 0) {
		if (home) rmSync(home, {recursive: true});
		[home, known] = [mkdtempSync(path.join(tmpdir(), 'kubelab-kill-')), 0];
	}
	try {
		const safe = await killed(home, known, random.int(runMsMax), random.chance(1, 10));
		const session = openSession({env: {KUBELAB_HOME: home}} as never, 'killed', 'seed');
		const kept = session.steps.map(step => step.run);
		session.close();
		if (kept.length < safe || kept.length > safe + 1) failures.push(`${number}: ${kept.length} kept, ${safe} said to be safe`);
		if (kept.some((run, at) => run !== typed[at])) failures.push(`${number}: what was kept is not what was typed`);
		if (kept.length === safe) lost++;
		known = kept.length;
	} catch (error) {
		failures.push(`${number}: ${(error as Error).message}`);
	}
	process.stderr.write(`\r${number + 1} kills, ${known} steps kept, ${failures.length} failures `);
}
rmSync(home, {recursive: true});
console.log(JSON.stringify({kills: Number(values.count), inFlightLost: lost, failures}));
process.exit(failures.length > 0 ? 1 : 0);
