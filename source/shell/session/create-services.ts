import {collectRequest, runRequest} from '../run/execute.js';
import type {History} from '../line/history.js';
import {createJobs} from '../run/jobs.js';
import {createRunning} from '../run/running.js';
import type {Services} from './services.js';
import type {Shell} from '../shell.js';
import {LimitReached} from '../run/signals.js';
import type {Toolbox} from './toolbox.js';
import type {ScreenTerminal} from './alternate-screen.js';
import type {SessionOptions} from './session-options.js';

/** Commands that one line may run. */
const commandsMax = 300_000;
/** Programs among them where nobody sits who could stop it: each costs far more than a builtin. */
const programsMax = 3000;
/** Pids of shells begin here: above those of a machine that has just been started. */
const firstPid = 2210;

interface OwnServices extends Services {
	renew(): void;
	lastPid(): number;
	setLastPid(last: number): void;
}

/** What the shells of a session share; `renew` is called before each line. */
export function createServices(
	{commands, time, random, breathe, heard}: SessionOptions,
	terminal: ScreenTerminal | undefined,
	history: History,
	{logins, ...own}: Pick<Services, 'enter' | 'edit' | 'press'> & {logins(): readonly Shell[]},
): OwnServices {
	const byName = new Map(commands.flatMap(command => [command.name, ...(command.aliases ?? [])].map(name => [name, command] as const)));
	let toolbox: Promise<Toolbox> | undefined;
	let loaded: Toolbox | undefined;
	let pid = firstPid;
	let [spent, programs] = [0, 0];
	const jobs = createJobs(time, terminal, statement => loaded?.writeStatement(statement) ?? '');
	const services: OwnServices = {
		...own,
		command: name => byName.get(name),
		commandNames: () => [...byName.keys()],
		time,
		random,
		history,
		...(terminal && {terminal}),
		jobs,
		toolbox: () => (toolbox ??= import('../run/just-bash.js').then(module => (loaded = module.createToolbox([...byName.keys()])))),
		breathe: breathe ?? (() => new Promise(resolve => setImmediate(resolve))),
		nextPid: () => ++pid,
		running: createRunning(logins, () => jobs.abandon()),
		lastPid: () => pid,
		setLastPid(last) {
			pid = last;
		},
		renew() {
			[spent, programs] = [0, 0];
		},
		spend() {
			if (++spent > commandsMax) throw new LimitReached(`this line ran more than ${commandsMax} commands, or looked at as many files`);
		},
		spendProgram() {
			if (++programs > programsMax && services.time.headless) throw new LimitReached(`this line ran more than ${programsMax} programs`);
		},
		heard: (machine, words) => heard?.(machine, words),
		execute: (from, request, given, signal) => runRequest(services, from, request, given, signal),
		collect: (from, request, stdin, cwd) => collectRequest(services, from, {...request, cwd}, stdin),
	};
	return services;
}
