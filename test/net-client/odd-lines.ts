import {readFileSync} from 'node:fs';
import test from 'ava';
import netClient from '../../source/commands/net-client/index.js';
import {createLab, runCommand} from '../helpers/client-machine.js';

/** What dig, nslookup, host (BIND 9.18), traceroute 2.1.2 and inetutils' telnet said to odd command lines. */
interface Recorded {
	readonly run: readonly [tool: string, ...args: string[]];
	readonly out: string;
	readonly err: string;
	readonly status: number;
}

const rows: readonly Recorded[] = readFileSync(new URL('../data/net-client/typed/names.jsonl', import.meta.url), 'utf8')
	.trim()
	.split('\n')
	.map(line => JSON.parse(line));

for (const tool of new Set(rows.map(({run}) => run[0]))) {
	const own = rows.filter(({run}) => run[0] === tool);
	test(`${own.length} odd lines of ${tool}`, t => {
		const machine = createLab().machine(false);
		for (const {run, out, err, status} of own) {
			const {stdout, stderr, exitCode} = runCommand(netClient.find(each => each.name === tool)!, machine, [...run], {tty: false});
			t.deepEqual({out: stdout, err: stderr, status: exitCode}, {out, err, status}, run.join(' '));
		}
	});
}

const banner = (line: string) => {
	const {stdout} = runCommand(netClient.find(each => each.name === 'dig')!, createLab().machine(false), line.split(' '), {tty: false});
	return stdout.split('\n').slice(1, 4);
};

test('the banner of dig counts the servers that stand before the name', t => {
	t.deepEqual(banner('dig @192.168.56.11 nosuch.test').slice(1), ['; (1 server found)', ';; global options: +cmd']);
	t.deepEqual(banner('dig nosuch.test @192.168.56.11').slice(1), [';; global options: +cmd', ';; Got answer:']);
});
