import type {ConntrackEntry} from '../../../net/conntrack.js';
import type {Command, Run} from '../../../shell/command.js';
import {lookup} from '../lookup.js';
import {refuse, stackOf, type ToolIo} from '../tool.js';
import {testsOf} from './filters.js';
import {type EventKind, follow} from './events.js';
import {entryLine, idOf, statistics} from './line.js';
import {type Given, type Line, readLine, UsageError} from './options.js';

const version = 'conntrack v1.4.7 (conntrack-tools)';
/** Processors of every machine here, as /proc/cpuinfo has them. */
const processors = 4;
const outputs = ['xml', 'extended', 'timestamp', 'ktimestamp', 'id', 'labels', 'userspace', 'save'];

const command: Command = {
	name: 'conntrack',
	summary: 'list, follow and delete the connections that netfilter tracks',
	path: '/usr/sbin/conntrack',
	*run(io: ToolIo): Run {
		try {
			const line = readLine(io.argv.slice(1));
			const {verb, table, given, help, version: asked} = line;
			if (verb !== 'E' || table === 'expect' || help || asked) return carryOut(io, line);
			const formats = formatsOf(given);
			for (const format of ['xml', 'save']) if (formats.includes(format)) return refuse(io, `conntrack -o ${format}`);
			return yield* follow(io, kindsOf(given), testsOf(given), formats);
		} catch (error) {
			if (!(error instanceof UsageError)) throw error;
			io.err(`${version}: ${error.message}\nTry \`conntrack -h' or 'conntrack --help' for more information.\n`);
			return 2;
		}
	},
};
export default command;

const masks: Readonly<Record<string, readonly EventKind[]>> = {
	ALL: ['NEW', 'UPDATE', 'DESTROY'],
	NEW: ['NEW'],
	UPDATES: ['UPDATE'],
	DESTROY: ['DESTROY'],
};

function kindsOf(given: readonly Given[]): readonly EventKind[] {
	const words = given.flatMap(({option, value}) => (option.long === 'event-mask' ? value.split(',') : []));
	return (words.length === 0 ? ['ALL'] : words).flatMap(word => {
		const kinds = lookup(masks, word.toUpperCase());
		if (!kinds) throw new UsageError(`Bad parameter \`${word}'`);
		return kinds;
	});
}

function formatsOf(given: readonly Given[]): readonly string[] {
	const formats = given.flatMap(({option, value}) => (option.long === 'output' ? value.split(',') : []));
	const wrong = formats.find(format => !outputs.includes(format));
	if (wrong !== undefined) throw new UsageError(`Bad parameter \`${wrong}'`);
	return formats;
}

function carryOut(io: ToolIo, line: Line): number {
	const {verb, table, given} = line;
	if (line.version) io.out(`${version}\n`);
	if (line.version) return 0;
	if (line.help) return refuse(io, 'conntrack --help');
	const fits = testsOf(given);
	const formats = formatsOf(given);
	for (const format of ['xml', 'save']) if (formats.includes(format)) return refuse(io, `conntrack -o ${format}`);
	const {conntrack} = stackOf(io);
	if (verb === 'S') io.out(statistics(table, processors));
	else if (verb === 'C') io.out(`${table === 'expect' ? 0 : conntrack.entries().length}\n`);
	else if (verb === 'F') {
		if (table !== 'expect') conntrack.flush();
		io.err(`${version}: ${table === 'expect' ? 'expectation' : 'connection tracking'} table has been emptied.\n`);
	} else if (verb === 'L' || verb === 'D' || verb === 'G') return choose(io, line, fits, formats);
	else return refuse(io, `conntrack -${verb}`);
	return 0;
}

/** Entries listed, deleted, or one looked up. */
function choose(io: ToolIo, {verb, table, given}: Line, fits: (entry: ConntrackEntry) => boolean, formats: readonly string[]): number {
	const {conntrack} = stackOf(io);
	if (table === 'expect' && verb === 'L') io.err(`${version}: 0 expectations have been shown.\n`);
	if (table === 'expect' && verb === 'L') return 0;
	if (table === 'expect') return refuse(io, `conntrack -${verb} expect`);
	if (verb === 'G') needsTuple(given);
	const found = table === 'conntrack' ? conntrack.entries().filter(fits) : [];
	if (verb === 'G' && found.length === 0) {
		io.err(`${version}: Operation failed: such conntrack doesn't exist\n`);
		return 1;
	}
	const nowMs = io.machine.sim.clock.now();
	for (const entry of found)
		io.out(`${entryLine(entry, nowMs, formats.includes('extended'), formats.includes('id') ? idOf(entry) : undefined)}\n`);
	if (verb === 'D') conntrack.delete(fits);
	io.err(`${version}: ${found.length} flow entries have been ${verb === 'D' ? 'deleted' : 'shown'}.\n`);
	return verb === 'D' && found.length === 0 ? 1 : 0;
}

function needsTuple(given: readonly Given[]): void {
	const has = (name: string) => given.some(({option}) => option.long === name);
	if (!has('protonum')) throw new UsageError("You need to supply the `--protonum' option for this command");
	if (!has('src') || !has('dst')) throw new UsageError("you have to specify `--src' and `--dst'");
}
