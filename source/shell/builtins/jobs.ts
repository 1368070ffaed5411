import {drive} from '../session/drive.js';
import type {Scope} from '../run/scope.js';
import {Exit} from '../run/signals.js';
import {err, out} from '../run/streams.js';
import {type Builtin, complain, usage} from './builtin.js';
import {signalNumber, signals, signalTable} from '../../os/signals.js';

export default [
	{
		name: 'jobs',
		run(scope, args) {
			const {jobs} = scope.shell.services;
			const has = (letter: string) => args.some(arg => /^-\w/.test(arg) && arg.includes(letter));
			let status = 0;
			const named = args.filter(arg => !/^-\w/.test(arg));
			const chosen = named.length === 0 ? jobs.list() : named.map(spec => jobs.find(/^\d+$/.test(spec) ? `%${spec}` : spec) ?? spec);
			for (const job of chosen) {
				if (typeof job === 'string') status = complain(scope, 'jobs', `${job}: no such job`);
				else if ((has('r') && job.state !== 'running') || (has('s') && job.state !== 'stopped')) continue;
				else out(scope.streams, has('p') ? `${job.pid}\n` : jobs.describe(job, has('l')));
			}

			jobs.forgetEnded();
			return status;
		},
	},
	{
		name: 'wait',
		async run(scope, args) {
			const {shell} = scope;
			const {jobs} = shell.services;
			const specs = args.filter(arg => !arg.startsWith('-'));
			if (args.includes('-n') && specs.length === 0) {
				const job = await jobs.waitAny(shell.signal);
				if (job) jobs.forget(job);
				return job?.status ?? 127;
			}

			let status = 0;
			for (const spec of specs.length > 0 ? specs : jobs.list().map(job => String(job.pid))) {
				const job = jobs.find(spec);
				if (job) {
					status = await jobs.wait(job, shell.signal);
					// Where nobody is told of its end, it has been told now.
					if (!shell.interactive) jobs.forget(job);
				} else if (spec.startsWith('%')) status = complain(scope, 'wait', `${spec}: no such job`, 127);
				else status = complain(scope, 'wait', `pid ${spec} is not a child of this shell`, 127);
			}

			return specs.length > 0 ? status : 0;
		},
	},
	{
		name: 'fg',
		async run(scope, [spec = '%+']) {
			const {shell} = scope;
			const {jobs, terminal} = shell.services;
			const job = jobs.find(spec.startsWith('%') ? spec : `%${spec}`);
			if (!job || job.state === 'done') return complain(scope, 'fg', `${spec === '%+' ? 'current' : spec}: no such job`);
			out(scope.streams, `${job.text}\n`);
			return jobs.bringBack(job, shell.signal, () => terminal?.sink(`\n${jobs.describe(job)}`, 'stderr'));
		},
	},
	{
		name: 'bg',
		run(scope, args) {
			const {jobs} = scope.shell.services;
			let status = 0;
			for (const spec of args.length > 0 ? args : ['%+']) {
				const job = jobs.find(spec.startsWith('%') ? spec : `%${spec}`);
				if (!job || job.state === 'done') status = complain(scope, 'bg', `${spec === '%+' ? 'current' : spec}: no such job`);
				else if (job.state === 'running') err(scope.streams, `${scope.shell.prefix}bg: job ${job.id} already in background\n`);
				else {
					const mark = jobs.mark(job);
					jobs.goOn(job);
					out(scope.streams, `[${job.id}]${mark} ${job.text} &\n`);
				}
			}
			return status;
		},
	},
	{
		name: 'disown',
		run(scope, args) {
			const {jobs} = scope.shell.services;
			const specs = args.filter(arg => !arg.startsWith('-'));
			if (args.includes('-a') || args.includes('-r'))
				for (const job of jobs.list()) if (args.includes('-a') || job.state === 'running') jobs.forget(job);
			if (args.length > 0 && specs.length === 0) return 0;
			for (const spec of specs.length > 0 ? specs : ['%+']) {
				const job = jobs.find(spec);
				if (!job) return complain(scope, 'disown', `${spec === '%+' ? 'current' : spec}: no such job`);
				jobs.forget(job);
			}
			return 0;
		},
	},
	{
		name: 'kill',
		async run(scope, args) {
			const {shell, streams} = scope;
			const {jobs} = shell.services;
			if (args[0] === '-l' || args[0] === '-L') {
				if (args.length === 1) out(streams, signalTable());
				let status = 0;
				for (const spec of args.slice(1)) {
					const said = /^\d+$/.test(spec) ? signals[Number(spec) > 128 ? Number(spec) - 128 : Number(spec)] : signalNumber(spec);
					if (said === undefined) status = complain(scope, 'kill', `${spec}: invalid signal specification`);
					else out(streams, `${said}\n`);
				}

				return status;
			}

			let signal = 'TERM';
			let rest = args;
			if (args[0] === '-s' || args[0] === '-n') [signal, rest] = [args[1] ?? '', args.slice(2)];
			else if (args[0]?.startsWith('-') && args[0] !== '--') [signal, rest] = [args[0].slice(1), args.slice(1)];
			const name = /^\d+$/.test(signal) ? signals[Number(signal)] : signal.toUpperCase().replace(/^SIG/, '');
			if (name === undefined || !(signals.includes(name) || signal === '0'))
				return complain(scope, 'kill', `${signal}: invalid signal specification`);
			if (rest.length === 0) return usage(scope, 'kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]');
			let status = 0;
			for (const spec of rest) {
				const job = jobs.find(spec);
				if (job && job.state !== 'done') jobs.kill(job, name);
				else if (spec === String(shell.scriptPid) && name !== '' && name !== 'CONT') await signalSelf(scope, name);
				else if (spec.startsWith('%')) status = complain(scope, 'kill', `${spec}: no such job`);
				else if (!/^-?\d+$/.test(spec)) status = complain(scope, 'kill', `${spec}: arguments must be process or job IDs`);
				else {
					// Not by its path: a container's shell has the builtin though there is no such file.
					const program = shell.services.command('kill');
					if (program) status ||= await drive(program, ['kill', `-${name || '0'}`, spec], scope);
				}
			}

			return status;
		},
	},
] satisfies Builtin[];

/** What a signal does that nothing is done about: nothing. */
const harmless = new Set(['CHLD', 'URG', 'WINCH', 'CONT']);

/** `kill $$`: what is trapped is done; a shell at a terminal ignores what would end it by mistake; a script ends. */
async function signalSelf(scope: Scope, name: string): Promise<void> {
	const {shell} = scope;
	const trap = name === 'KILL' || name === 'STOP' ? undefined : shell.traps.get(name);
	if (trap !== undefined) {
		const {status} = shell;
		await scope.run((await scope.parse(trap)).statements);
		shell.status = status;
		return;
	}

	if (harmless.has(name)) return;
	if (shell.interactive && ['INT', 'QUIT', 'TERM'].includes(name)) return;
	throw new Exit(128 + signals.indexOf(name));
}
