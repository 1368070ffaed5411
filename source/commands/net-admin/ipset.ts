import {lookup} from './lookup.js';
import type {IpSet, IpSetTable} from '../../net/ipset/ipset.js';
import {setTypes} from '../../net/ipset/types.js';
import type {Command, Run} from '../../shell/command.js';
import {readInput, refuse, stackOf, type ToolIo} from './tool.js';
import {IpSetError} from '../../net/ipset/ip-set-error.js';

/** Wrong usage, exit status 2. */
class UsageError extends Error {}

class NotSimulated extends Error {}

const aliases: Readonly<Record<string, string>> = {
	'-N': 'create',
	'--create': 'create',
	n: 'create',
	new: 'create',
	'-A': 'add',
	'--add': 'add',
	'-D': 'del',
	'--del': 'del',
	delete: 'del',
	'-T': 'test',
	'--test': 'test',
	'-X': 'destroy',
	'--destroy': 'destroy',
	x: 'destroy',
	'-L': 'list',
	'--list': 'list',
	ls: 'list',
	'-S': 'save',
	'--save': 'save',
	'-R': 'restore',
	'--restore': 'restore',
	'-F': 'flush',
	'--flush': 'flush',
	'-E': 'rename',
	'--rename': 'rename',
	'-W': 'swap',
	'--swap': 'swap',
	'-v': 'version',
	'--version': 'version',
};

interface Options {
	exist: boolean;
	quiet: boolean;
	terse: boolean;
	nameOnly: boolean;
	/** Of `list`: plain or as `save` prints. */
	output: 'plain' | 'save';
	file?: string;
}

const command: Command = {
	name: 'ipset',
	summary: 'list and change the sets that iptables rules ask',
	path: '/usr/sbin/ipset',
	*run(io: ToolIo): Run {
		const read = told(io, () => readArgs(io.argv.slice(1)));
		if (typeof read === 'number') return read;
		const {words, options} = read;
		const verb = aliases[words[0] ?? ''] ?? words[0];
		if (verb === 'restore') {
			const text = options.file === undefined ? yield* readInput(io) : io.machine.files.readText(io.path(options.file));
			return restore(io, text, options);
		}
		return attempt(io, words, options);
	},
};
export default command;

function readArgs(args: readonly string[]): {words: string[]; options: Options} {
	const options: Options = {exist: false, quiet: false, terse: false, nameOnly: false, output: 'plain'};
	const words: string[] = [];
	for (let i = 0; i < args.length; i++) {
		const arg = args[i]!;
		if (arg === '-exist' || arg === '-!' || arg === '--exist') options.exist = true;
		else if (arg === '-q' || arg === '-quiet' || arg === '--quiet') options.quiet = true;
		else if (arg === '-t' || arg === '-terse' || arg === '--terse') options.terse = true;
		else if (arg === '-n' || arg === '-name' || arg === '--name') options.nameOnly = true;
		else if (arg === '-o' || arg === '-output' || arg === '--output') options.output = readOutput(args[++i]);
		else if (arg === '-f' || arg === '-file' || arg === '--file') options.file = args[++i];
		else words.push(arg);
	}
	return {words, options};
}

function readOutput(mode: string | undefined): Options['output'] {
	if (mode === 'xml' || mode === 'json') throw new NotSimulated(`ipset -o ${mode}`);
	if (mode !== 'plain' && mode !== 'save') throw new IpSetError(`Syntax error: unknown output mode '${mode ?? ''}'`);
	return mode;
}

function restore(io: ToolIo, text: string, options: Options): number {
	for (const [i, line] of text.split('\n').entries()) {
		const {words, options: own} = readArgs(line.trim().split(/\s+/).filter(Boolean));
		if (words.length === 0 || words[0]!.startsWith('#') || words[0] === 'COMMIT') continue;
		const status = attempt(io, words, {...own, exist: own.exist || options.exist, quiet: options.quiet}, `Error in line ${i + 1}: `);
		if (status !== 0) return status;
	}
	return 0;
}

const attempt = (io: ToolIo, words: readonly string[], options: Options, where = ''): number =>
	told(io, () => run(io, stackOf(io).ipsets, words, options), options.quiet, where);

/** What it gives, or the exit status of what it has failed with. */
function told<T>(io: ToolIo, work: () => T, quiet = false, where = ''): T | number {
	try {
		return work();
	} catch (error) {
		if (error instanceof NotSimulated) return refuse(io, error.message);
		if (error instanceof UsageError) {
			io.err(
				`ipset v7.17: ${error.message.startsWith('No command') ? '' : where}${error.message}\nTry \`ipset help' for more information.\n`,
			);
			return 2;
		}
		if (!(error instanceof IpSetError)) throw error;
		if (!quiet) io.err(`ipset v7.17: ${where}${error.message}\n`);
		return 1;
	}
}

function run(io: ToolIo, sets: IpSetTable, words: readonly string[], options: Options): number {
	const [first, name, third, ...rest] = words;
	if (first === undefined) throw new UsageError('No command specified.');
	const verb = lookup(aliases, first) ?? first;
	const need = (value: string | undefined): string => {
		const which = name === undefined ? 'mandatory' : 'second mandatory';
		if (value === undefined) throw new UsageError(`Missing ${which} argument to command ${verb}`);
		return value;
	};
	const noMore = (stray: string | undefined) => {
		if (stray !== undefined) throw new UsageError(`Unknown argument ${stray}`);
	};
	switch (verb) {
		case 'version':
			io.out('ipset v7.17, protocol version: 7\n');
			return 0;
		case 'list':
			noMore(third);
			io.out(options.output === 'save' ? selected(sets, name).map(save).join('') : list(selected(sets, name), options));
			return 0;
		case 'save':
			io.out(selected(sets, name).map(save).join(''));
			return 0;
		case 'create':
			return create(io, sets, need(name), need(third), rest, options);
		case 'add':
			if (rest.some(word => unsimulatedOfEntry.includes(word))) return refuse(io, `ipset add ... ${rest.join(' ')}`);
			checkEntry(selected(sets, need(name))[0]!, rest);
			sets.add(need(name), need(third), options.exist);
			return 0;
		case 'del':
			sets.remove(need(name), need(third), options.exist);
			return 0;
		case 'test': {
			const found = sets.contains(need(name), need(third));
			if (!options.quiet) io.err(found ? `Warning: ${third} is in set ${name}.\n` : `${third} is NOT in set ${name}.\n`);
			return found ? 0 : 1;
		}
		case 'destroy':
			for (const each of selected(sets, name)) sets.destroy(each.name);
			return 0;
		case 'flush':
			for (const each of selected(sets, name)) sets.flush(each.name);
			return 0;
		case 'rename':
			sets.rename(need(name), need(third));
			return 0;
		case 'swap':
			sets.swap(need(name), need(third));
			return 0;
		case 'help':
			return refuse(io, 'ipset help');
		default:
			throw new UsageError(`No command specified: unknown argument ${first}`);
	}
}

function selected(sets: IpSetTable, name: string | undefined): readonly IpSet[] {
	if (name === undefined) return sets.list();
	const set = sets.get(name);
	if (!set) throw new IpSetError('The set with the given name does not exist');
	return [set];
}

function create(io: ToolIo, sets: IpSetTable, name: string, given: string, rest: readonly string[], options: Options): number {
	const type = lookup(oldTypes, given) ?? given;
	if (unsimulatedTypes.has(type)) return refuse(io, `ipset create ... ${type}`);
	if (rest.some(word => ['timeout', 'counters', 'skbinfo', 'forceadd', 'nomatch'].includes(word)))
		return refuse(io, `ipset create ... ${rest.join(' ')}`);
	checkOptions(type, rest);
	const family = rest[rest.indexOf('family') + 1];
	sets.create(
		name,
		type,
		{header: rest.join(' '), ...(rest.includes('family') && {family: family === 'inet6' ? 'inet6' : 'inet'})},
		options.exist,
	);
	return 0;
}

/** Names of the time before version 5. */
const oldTypes: Readonly<Record<string, string>> = {
	iphash: 'hash:ip',
	nethash: 'hash:net',
	ipporthash: 'hash:ip,port',
	ipportiphash: 'hash:ip,port,ip',
	ipportnethash: 'hash:ip,port,net',
	portmap: 'bitmap:port',
	setlist: 'list:set',
};
const unsimulatedTypes: ReadonlySet<string> = new Set(['bitmap:ip', 'bitmap:ip,mac', 'hash:ip,mac', 'hash:net,port,net']);

/** Words after the type: most come in pairs. */
const numbers = ['hashsize', 'maxelem', 'size', 'initval', 'bucketsize', 'netmask'];

function checkOptions(type: string, words: readonly string[]): void {
	for (let i = 0; i < words.length; i++) {
		const word = words[i]!;
		if (word === 'comment') continue;
		const value = words[++i];
		if (![...numbers, 'family', 'range'].includes(word)) throw new UsageError(`Unknown argument: \`${word}'`);
		if (value === undefined) throw new UsageError(`Missing argument for option \`${word}'`);
		if (word === 'family' && !/^(?:inet6?|ipv[46])$/.test(value)) throw new IpSetError(`Syntax error: unknown inet family ${value}`);
		if (numbers.includes(word) && !/^(?:0x[0-9a-f]+|\d+)$/i.test(value))
			throw new IpSetError(`Syntax error: '${value}' is invalid as number`);
	}
	if (type.startsWith('bitmap:') && !words.includes('range')) throw new UsageError("Mandatory option `range' is missing");
}

const unsimulatedOfEntry = ['nomatch', 'packets', 'bytes', 'skbmark', 'skbprio', 'skbqueue'];

/** What an entry brings along must be known to its set. */
function checkEntry({header}: IpSet, words: readonly string[]): void {
	if (words.includes('timeout')) throw new IpSetError('Timeout cannot be used: set was created without timeout support');
	if (words.includes('comment') && !header.includes(' comment'))
		throw new IpSetError('Comment cannot be used: set was created without comment support');
}

function list(sets: readonly IpSet[], {terse, nameOnly}: Options): string {
	if (nameOnly) return sets.map(set => `${set.name}\n`).join('');
	return sets.map(set => listOne(set, terse)).join('\n');
}

function listOne({name, type, revision, header, references, members}: IpSet, terse: boolean): string {
	const [empty, member] = setTypes[type]!.size;
	const lines = [
		`Name: ${name}`,
		`Type: ${type}`,
		`Revision: ${revision}`,
		`Header: ${header}`,
		`Size in memory: ${empty + member * members.length}`,
		`References: ${references}`,
		`Number of entries: ${members.length}`,
		...(terse ? [] : ['Members:', ...members]),
	];
	return lines.map(line => `${line}\n`).join('');
}

const save = ({name, type, header, members}: IpSet): string =>
	[`create ${name} ${type} ${header}`, ...members.map(member => `add ${name} ${member}`)].map(line => `${line}\n`).join('');
