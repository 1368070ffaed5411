import {readdirSync} from 'node:fs';
import test from 'ava';
import type {Namespace} from '../../source/net/namespace.js';
import {runTool, words, type World} from '../helpers/net-world.js';
import {folder, objectsOf, read, started} from '../helpers/proxy-recordings.js';

/** Dumps of the same tables as a learner lists them, and the command that gave each. */
const dumps: Readonly<Record<string, string>> = {
	'nat-L-n.txt': 'iptables -t nat -L -n',
	'filter-L-n.txt': 'iptables -t filter -L -n',
	'nat-S.txt': 'iptables -t nat -S',
	'nat-L-KUBE-SERVICES-n.txt': 'iptables -t nat -L KUBE-SERVICES -n',
};
const scenarios = readdirSync(folder).filter(
	name => /^\d/.test(name) && readdirSync(new URL(`${name}/`, folder)).some(file => file in dumps),
);

/** Services stand in shared chains in an order that is drawn anew each time. */
const sharedChain = /^(?:Chain |-A )(?:KUBE-SERVICES|KUBE-NODEPORTS|KUBE-EXTERNAL-SERVICES|KUBE-PROXY-FIREWALL) /;

/** Lines, those of a shared chain as a set: of `-S` by their beginning, of `-L` those below the head of the chain. */
function comparable(text: string): string[] {
	let chain = 0;
	const keyed = text
		.trim()
		.split('\n')
		.map((line, at) => {
			if (line.startsWith('Chain ')) chain = sharedChain.test(line) ? at + 1 : 0;
			else if (line.startsWith('-A ')) chain = sharedChain.test(line) ? 1_000_000 + line.indexOf(' ', 3) : 0;
			else if (line === '') chain = 0;
			return {line, at, chain};
		});
	const runs = new Map<string, string[]>();
	for (const {line, at, chain: shared} of keyed) {
		const key = shared === 0 ? `line ${at}` : `chain ${shared}`;
		runs.set(key, [...(runs.get(key) ?? []), line]);
	}
	return [...runs.values()].flatMap(lines => lines.sort());
}

for (const scenario of scenarios) {
	test(`the lists of ${scenario}`, t => {
		const harness = started(objectsOf(`${scenario}/objects.yaml`));
		const {stack} = harness as unknown as {stack: Namespace};
		for (const file of readdirSync(new URL(`${scenario}/`, folder)).filter(name => name in dumps)) {
			const {text} = runTool({sim: stack.kernel.space.sim} as World, stack, words(dumps[file]!));
			t.deepEqual(comparable(text), comparable(read(`${scenario}/${file}`)), file);
		}
	});
}
