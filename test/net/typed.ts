import {readFileSync} from 'node:fs';
import test from 'ava';
import {runTool, world, words} from '../helpers/net-world.js';

const folder = new URL('../data/net/typed/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8').trim().split('\n');

/** One odd command line, what the real program said to it, and what the kernel's tables held afterwards. */
interface Recorded {
	readonly run: readonly string[];
	readonly in?: string;
	readonly out: string;
	readonly status: number;
	readonly after: string;
}

type Type = (line: string) => string;

const tools: Readonly<Record<string, {readonly after: (type: Type) => string; readonly plain?: (text: string) => string}>> = {
	iptables: {
		after: type =>
			type('iptables -S') +
			['nat', 'mangle', 'raw']
				.flatMap(table =>
					type(`iptables -t ${table} -S`)
						.split(/(?<=\n)/)
						.filter(line => !line.startsWith('-P')),
				)
				.join(''),
	},
	// Hashes begin with a random number; members come in the order of their hashes.
	ipset: {
		after: type => type('ipset save'),
		plain: text =>
			text
				.replace(/ ?initval \S*/g, '')
				.split('\n')
				.sort()
				.join('\n'),
	},
};

/** What is refused aloud. */
const loud = /^kubelab: not simulated: (?:iptables (?:-[mj] [\w -]+|with the mask [\d.]+)|ipset \w+ \.\.\. [\w: ]+|ip [\w. -]+)\n$/;

for (const [tool, {after: listed, plain = (text: string) => text}] of Object.entries(tools)) {
	const before = read(`${tool}.before.txt`);
	const recorded: readonly Recorded[] = read(`${tool}.jsonl`).map(line => JSON.parse(line));
	test(`${recorded.length} odd command lines are answered as ${tool} answers them`, t => {
		let refused = 0;
		for (const {run, in: input = '', out, status, after} of recorded) {
			const made = world();
			const stack = made.network.namespace('n');
			stack.links.add({name: 'eth0', type: 'ethernet', mac: '52:54:00:00:00:01', mtu: 1500, up: true, carrier: true, segment: 'lan'});
			const type = (line: string) => runTool(made, stack, words(line)).text;
			for (const line of before) type(line);
			const {text, exitCode} = runTool(made, stack, run, input);
			const title = `${run.join(' ')} ${input}`;
			if (exitCode === 125) {
				t.regex(text, loud, title);
				refused++;
				continue;
			}
			t.deepEqual({text: plain(text), exitCode}, {text: plain(out), exitCode: status}, title);
			t.is(plain(listed(type)), plain(after), title);
		}
		t.true(refused < recorded.length / 6, `${refused} are refused`);
	});
}
