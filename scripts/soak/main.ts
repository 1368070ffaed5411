// npm run soak -- [HOURS] [SEED]     learners who type without sense, for so long in virtual time; says what does not hold, and after each
// virtual hour how far it is
import process from 'node:process';
import {createCluster} from '../../source/cluster/cluster.js';
import {createPlayer} from '../../source/lab/player.js';
import {createRandom} from '../../source/sim/random.js';
import {State} from '../../source/sim/state.js';
import {randomLines} from '../../test/helpers/random-lines.js';
import {broken} from './invariants.js';

const [hours = '24', seed = 'soak'] = process.argv.slice(2);
const cluster = createCluster({seed});
const player = createPlayer(cluster);
const pauses = createRandom(new State(), seed).fork('pauses');
/** Nodes that were cut off come back, rules that were deleted are written again: after this everything must hold. */
const recoveryMs = 120_000;
const uptimeHours = () => cluster.sim.clock.uptime() / 3_600_000;
let number = 0;
let problems = 0;
let hour = 0;
for (const line of randomLines(seed, 100_000)) {
	if (uptimeHours() >= Number(hours)) break;
	const {stderr} = await player.play(line);
	if (stderr.includes('went wrong inside')) report(line, [stderr]);
	await player.time.advance(recoveryMs + pauses.int(600_000));
	await player.settle();
	report(line, broken(cluster));
	number++;
	if (Math.floor(uptimeHours()) > hour) say((hour = Math.floor(uptimeHours())));
}
say(Number(hours));
process.exit(problems > 0 ? 1 : 0);

function say(passed: number) {
	const {user} = process.cpuUsage();
	const memory = Math.round(process.memoryUsage().heapUsed / 2 ** 20);
	console.error(
		`${number} lines in ${passed} virtual hours, ${problems} problems, ${memory} MiB, ${Math.round(user / 1e6)} s of processor time`,
	);
}

function report(line: string, found: readonly string[]) {
	for (const problem of found) console.log(JSON.stringify({seed, number, atMs: cluster.sim.clock.uptime(), line, problem}));
	problems += found.length;
}
