import {readFileSync} from 'node:fs';
import test from 'ava';
import {runTool, world, words} from '../helpers/net-world.js';

const folder = new URL('../data/net/iptables-typed/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8').trim().split('\n');

/** One odd command line, what the real iptables 1.8.9 said to it, and what its four tables held afterwards. */
interface Recorded {
	readonly run: readonly string[];
	readonly in?: string;
	readonly out: string;
	readonly status: number;
	readonly after: string;
}

const before = read('before.txt');
const recorded: readonly Recorded[] = read('recorded.jsonl').map(line => JSON.parse(line));

/** Extensions that are refused aloud, by their names. */
const loud = /^kubelab: not simulated: iptables (?:-[mj] [\w -]+|with the mask [\d.]+)\n$/;

test(`${recorded.length} odd command lines are answered as iptables answers them`, t => {
	let refused = 0;
	for (const {run, in: input = '', out, status, after} of recorded) {
		const made = world();
		const stack = made.network.namespace('n');
		const type = (line: string) => runTool(made, stack, words(line)).text;
		for (const line of before) type(line);
		const said = runTool(made, stack, run, input);
		const title = `${run.join(' ')} ${input}`;
		if (said.exitCode === 125) {
			t.regex(said.text, loud, title);
			refused++;
			continue;
		}
		t.deepEqual(said, {text: out, exitCode: status}, title);
		const others = ['nat', 'mangle', 'raw'].flatMap(table =>
			type(`iptables -t ${table} -S`)
				.split(/(?<=\n)/)
				.filter(line => !line.startsWith('-P')),
		);
		t.is(type('iptables -S') + others.join(''), after, title);
	}
	t.true(refused < 45, `${refused} are refused`);
});
