import type {Answer, Call, ScriptCommand} from '../command.js';
import {waitForInput} from '../command.js';
import {inputs, lines, notSimulatedStatus, options} from './options.js';
import {printf, backslashed} from './printf.js';
import {sed} from './sed.js';

/** Passes on what has come; goes on until the input has ended. */
function stream(call: Call, change: (text: string) => void): Answer {
	const {text, ended} = call.read();
	if (text !== '') change(text);
	const wait = ended ? undefined : waitForInput(call.task);
	return wait ? {wait} : 0;
}

const cat: ScriptCommand = {
	name: 'cat',
	streaming: true,
	run(call) {
		const given = options(call, 'unvetA');
		if (!given) return notSimulatedStatus;
		if (given.operands.length === 0) {
			return stream(call, call.out);
		}

		const {texts, status} = inputs(call, given.operands);
		for (const {text} of texts)
			call.out(
				given.flags.has('n')
					? lines(text)
							.map((line, i) => `${String(i + 1).padStart(6)}\t${line}\n`)
							.join('')
					: text,
			);
		return status;
	},
};

const echo: ScriptCommand = {
	name: 'echo',
	noInput: true,
	run({argv, out}) {
		let words = argv.slice(1);
		let newline = true;
		let escapes = false;
		while (/^-[neE]+$/.test(words[0] ?? '')) {
			if (words[0]!.includes('n')) newline = false;
			if (words[0]!.includes('e')) escapes = true;
			words = words.slice(1);
		}

		const text = words.join(' ');
		out((escapes ? backslashed(text) : text) + (newline ? '\n' : ''));
		return 0;
	},
};

const tee: ScriptCommand = {
	name: 'tee',
	streaming: true,
	run(call) {
		const given = options(call, 'ai');
		if (!given) return notSimulatedStatus;
		const {files} = call.run.machine;
		return stream(call, text => {
			call.out(text);
			for (const name of given.operands)
				files.write(call.path(name), text, {append: given.flags.has('a') || files.exists(call.path(name))});
		});
	},
};

const grep: ScriptCommand = {
	name: 'grep',
	streaming: true,
	run(call) {
		const given = options(call, 'EFGivnqclowxsrHh', 'emABC');
		if (!given) return notSimulatedStatus;
		const {flags, values} = given;
		const [pattern = '', ...names] = values['e'] === undefined ? given.operands : [values['e'], ...given.operands];
		const source = flags.has('F')
			? pattern.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
			: flags.has('E')
				? pattern
				: pattern.replace(/\\([|+?(){}])/g, '$1');
		const regex = new RegExp(
			flags.has('w') ? `\\b(?:${source})\\b` : flags.has('x') ? `^(?:${source})$` : source,
			flags.has('i') ? 'i' : '',
		);
		let found = 0;
		const show = (text: string, name: string) => {
			const prefix = names.length > 1 && !flags.has('h') ? `${name}:` : '';
			let count = 0;
			for (const [i, line] of lines(text).entries()) {
				if (regex.test(line) === flags.has('v')) continue;
				count++;
				if (flags.has('q') || flags.has('c') || flags.has('l')) continue;
				if (flags.has('o')) for (const match of line.matchAll(new RegExp(regex, 'g'))) call.out(`${prefix}${match[0]}\n`);
				else call.out(`${prefix}${flags.has('n') ? `${i + 1}:` : ''}${line}\n`);
			}

			if (flags.has('c')) call.out(`${prefix}${count}\n`);
			if (flags.has('l') && count > 0) call.out(`${name}\n`);
			found += count;
		};
		if (names.length > 0) {
			const {texts, status} = inputs(call, names);
			for (const {name, text} of texts) show(text, name);
			return status === 1 ? 2 : found > 0 ? 0 : 1;
		}

		const memory = (call.task.vars['\u0000grep'] ?? '0') === '1';
		const answer = stream(call, text => show(text, '(standard input)'));
		if (typeof answer === 'number') {
			delete call.task.vars['\u0000grep'];
			return found > 0 || memory ? 0 : 1;
		}

		if (found > 0) call.task.vars['\u0000grep'] = '1';
		return answer;
	},
};

const egrep: ScriptCommand = {...grep, name: 'egrep', run: call => grep.run({...call, argv: [call.argv[0]!, '-E', ...call.argv.slice(1)]})};

/** A command that turns all of its input into output. */
const filter = (
	name: string,
	letters: string,
	valued: string,
	change: (text: string, flags: ReadonlySet<string>, values: Readonly<Record<string, string>>, operands: readonly string[]) => string,
	operandsFirst = 0,
): ScriptCommand => ({
	name,
	run(call) {
		const given = options(call, letters, valued);
		if (!given) return notSimulatedStatus;
		const {texts, status} = inputs(call, given.operands.slice(operandsFirst));
		for (const {text} of texts) call.out(change(text, given.flags, given.values, given.operands));
		return status;
	},
});

const joined = (list: readonly string[]): string => list.map(line => `${line}\n`).join('');

const head = filter('head', 'q', 'nc', (text, _, {n = '10', c}) =>
	c ? text.slice(0, Number(c)) : joined(Number(n) < 0 ? lines(text).slice(0, Number(n)) : lines(text).slice(0, Number(n))),
);

function hog({run: {machine}}: Call): Answer {
	machine.world.runtime(machine.host).outOfMemory(machine.container);
	return {wait: {kind: 'ever'}};
}

const tail: ScriptCommand = {
	name: 'tail',
	noInput: true,
	run(call) {
		const given = options(call, 'fFq', 'nc');
		if (!given) return notSimulatedStatus;
		// It keeps reading: the classic way to run into a memory limit.
		if (given.operands.includes('/dev/zero')) return hog(call);
		const {texts, status} = inputs(call, given.operands);
		const {n = '10', c} = given.values;
		for (const {text} of texts)
			call.out(
				c
					? text.slice(-Number(c))
					: joined(n.startsWith('+') ? lines(text).slice(Number(n) - 1) : Number(n) === 0 ? [] : lines(text).slice(-Math.abs(Number(n)))),
			);
		if (status === 0 && (given.flags.has('f') || given.flags.has('F'))) return {wait: {kind: 'ever'}};
		return status;
	},
};

function wcText(text: string, flags: ReadonlySet<string>): string {
	const counts = {l: text.split('\n').length - 1, w: text.split(/\s+/).filter(Boolean).length, c: new TextEncoder().encode(text).length};
	const wanted = (['l', 'w', 'c'] as const).filter(letter => flags.size === 0 || flags.has(letter));
	return wanted.length === 1 ? String(counts[wanted[0]!]) : wanted.map(letter => String(counts[letter]).padStart(9)).join('');
}

const wc: ScriptCommand = {
	name: 'wc',
	run(call) {
		const given = options(call, 'lwcm');
		if (!given) return notSimulatedStatus;
		const {texts, status} = inputs(call, given.operands);
		for (const {name, text} of texts) call.out(`${wcText(text, given.flags)}${name ? ` ${name}` : ''}\n`);
		return status;
	},
};

const sort = filter('sort', 'nrubf', 'kt', (text, flags, values) => {
	const field = Number.parseInt(values['k'] ?? '0', 10);
	const keyOf = (line: string) =>
		field > 0 ? ((values['t'] ? line.split(values['t']) : line.trim().split(/\s+/))[field - 1] ?? '') : line;
	const compare = (a: string, b: string) =>
		(flags.has('n') ? Number.parseFloat(keyOf(a)) - Number.parseFloat(keyOf(b)) || 0 : 0) ||
		(keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0);
	const sorted = lines(text).sort(compare);
	const ordered = flags.has('r') ? sorted.reverse() : sorted;
	return joined(flags.has('u') ? [...new Set(ordered)] : ordered);
});

const uniq = filter('uniq', 'cdu', '', (text, flags) => {
	const groups: Array<{line: string; count: number}> = [];
	for (const line of lines(text)) {
		const last = groups.at(-1);
		if (last?.line === line) last.count++;
		else groups.push({line, count: 1});
	}

	const kept = groups.filter(({count}) => (!flags.has('d') || count > 1) && (!flags.has('u') || count === 1));
	return joined(kept.map(({line, count}) => (flags.has('c') ? `${String(count).padStart(7)} ${line}` : line)));
});

const cut = filter('cut', 's', 'dfcb', (text, _, {d = '\t', f, c, b}) => {
	const ranges = (f ?? c ?? b ?? '1').split(',').map(part => part.split('-'));
	const has = (n: number) =>
		ranges.some(([from = '', to]) =>
			to === undefined ? Number(from) === n : n >= Number(from || 1) && n <= Number(to || Number.MAX_SAFE_INTEGER),
		);
	return joined(
		lines(text).map(line =>
			f === undefined
				? [...line].filter((_, i) => has(i + 1)).join('')
				: line.includes(d)
					? line
							.split(d)
							.filter((_, i) => has(i + 1))
							.join(d)
					: line,
		),
	);
});

function trSet(text: string): string[] {
	const named: Readonly<Record<string, string>> = {
		lower: 'a-z',
		upper: 'A-Z',
		digit: '0-9',
		space: ' \t\n\r',
		alnum: 'A-Za-z0-9',
		alpha: 'A-Za-z',
		blank: ' \t',
	};
	const ready = backslashed(text.replace(/\[:(\w+):\]/g, (_, name: string) => named[name] ?? ''));
	return [
		...ready.replace(/(.)-(.)/gs, (_, a: string, b: string) =>
			Array.from({length: b.charCodeAt(0) - a.charCodeAt(0) + 1}, (__, i) => String.fromCharCode(a.charCodeAt(0) + i)).join(''),
		),
	];
}

const tr: ScriptCommand = {
	name: 'tr',
	run(call) {
		const given = options(call, 'dsc');
		if (!given) return notSimulatedStatus;
		const from = trSet(given.operands[0] ?? '');
		const to = trSet(given.operands[1] ?? '');
		const hit = (char: string) => from.includes(char) !== given.flags.has('c');
		let last = '';
		for (const char of call.read().text) {
			if (given.flags.has('d') && hit(char)) continue;
			const next =
				to.length > 0 && !given.flags.has('d') && hit(char) ? (to[Math.min(Math.max(0, from.indexOf(char)), to.length - 1)] ?? char) : char;
			if (!(given.flags.has('s') && next === last && (to.length > 0 ? to : from).includes(next))) call.out(next);
			last = next;
		}

		return 0;
	},
};

const tac = filter('tac', '', '', text => joined(lines(text).reverse()));
const rev = filter('rev', '', '', text => joined(lines(text).map(line => [...line].reverse().join(''))));

const printfCommand: ScriptCommand = {
	name: 'printf',
	noInput: true,
	run(call) {
		call.out(printf(call.argv[1] ?? '', call.argv.slice(2)));
		return 0;
	},
};

const xargs: ScriptCommand = {
	name: 'xargs',
	run(call) {
		call.run.machine.sim.notes.notSimulated('xargs in a container script');
		call.err('kubelab: not simulated: xargs in a container script\n');
		return notSimulatedStatus;
	},
};

const commands: readonly ScriptCommand[] = [
	cat,
	echo,
	tee,
	grep,
	egrep,
	head,
	tail,
	wc,
	sort,
	uniq,
	cut,
	tr,
	tac,
	rev,
	printfCommand,
	sed,
	xargs,
];

export default commands;
