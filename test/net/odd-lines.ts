import {readFileSync} from 'node:fs';
import test from 'ava';
import {usage} from '../../source/commands/net-admin/ss/usage.js';
import netClient from '../../source/commands/net-client/index.js';
import {createLab, runCommand} from '../helpers/client-machine.js';
import {hostWithVeth, runTool} from '../helpers/net-world.js';

const read = (name: string) => readFileSync(new URL(`../data/net/typed/${name}`, import.meta.url), 'utf8');

/** What the real tool said to one odd line in a network namespace of its own, and what `ip` listed afterwards. */
interface Recorded {
	readonly run: readonly [tool: string, ...args: string[]];
	readonly out: string;
	readonly status: number;
	readonly after?: string;
}

const rows: readonly Recorded[] = read('veth.jsonl')
	.trim()
	.split('\n')
	.map(line => JSON.parse(line));
const untouched = read('veth.after.txt');

for (const tool of new Set(rows.map(({run}) => run[0]))) {
	const own = rows.filter(({run}) => run[0] === tool);
	test(`${own.length} odd lines of ${tool}`, t => {
		for (const {run, out, status, after} of own) {
			const title = run.join(' ');
			const wanted = {text: out.replace('USAGE', usage), exitCode: status};
			if (tool === 'nc') {
				const {both, exitCode} = runCommand(netClient.find(each => each.name === tool)!, createLab().machine(false), [...run], {
					tty: false,
				});
				t.deepEqual({text: both, exitCode}, wanted, title);
				continue;
			}
			const {made, stack} = hostWithVeth();
			const {text, exitCode} = runTool(made, stack, run);
			t.deepEqual({text, exitCode}, wanted, title);
			if (after === undefined) continue;
			const listed = ['rule', 'route', 'addr', 'neigh'].map(object => runTool(made, stack, ['ip', object]).text).join('');
			t.is(listed, after === 'same' ? untouched : after, title);
		}
	});
}

test('policy routing: one session, line by line', t => {
	const {made, stack} = hostWithVeth();
	for (const line of read('policy.jsonl').trim().split('\n')) {
		const {run, out, status}: Recorded = JSON.parse(line);
		const {text, exitCode} = runTool(made, stack, run);
		t.deepEqual({text, exitCode}, {text: out, exitCode: status}, run.join(' '));
	}
});
