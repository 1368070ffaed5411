import type {Program, ProgramContext} from '../../node/program/program.js';
import {CorefileError, corefileHash, parseCorefile} from './corefile.js';
import {serveDns} from './listener.js';
import {isApiReachable} from './api-connection.js';
import {findLoop} from './loop-check.js';
import {configOf, type CorednsContext, type CorednsMemory, compiled, notSimulatedStatus} from './memory.js';
import {servePages} from './pages.js';
import type {HealthConfig} from './plugins/health.js';

const waitForApiMs = 1000;
const waitsMax = 5;

/** CoreDNS 1.12 in its pod: reads its Corefile, answers on port 53, follows changes of the file. */
export const coredns: Program = {
	name: 'coredns',
	start: context => begin(context),
	wake(context, key) {
		if (key === 'api') waitForApi(context);
		else if (key === 'reload') lookForChange(context);
		else if (key === 'sync') syncLater(context);
		else context.exit(0);
	},
	serve: (context, request) =>
		request.local.port === 53 || isDnsPort(context, request.local.port) ? serveDns(context, request) : servePages(context, request),
	signal: (context, signal) => stop(context, signal),
};

const isDnsPort = (context: CorednsContext, port: number) => compiled(context).blocks.some(block => block.port === port);

function begin(context: ProgramContext): void {
	const path = fileOf(context.argv);
	const {files} = context.machine;
	if (!files.exists(path)) {
		context.log(`open ${path}: no such file or directory`, 'stdout');
		context.exit(1);
		return;
	}

	const memory: CorednsMemory = {
		path,
		corefile: files.readText(path),
		startedMs: context.machine.sim.clock.now(),
		synced: false,
		waits: 0,
		ports: [],
		requests: {},
	};
	context.memory = memory;
	context.log('maxprocs: Leaving GOMAXPROCS=4: CPU quota undefined', 'stdout');
	if (!check(context, memory.corefile, text => context.log(text, 'stdout'))) return;
	waitForApi(context);
}

const fileOf = (argv: readonly string[]): string => {
	const at = argv.findIndex(word => word === '-conf' || word === '--conf');
	const joined = argv.find(word => /^--?conf=/.test(word));
	return joined ? joined.slice(joined.indexOf('=') + 1) : at >= 0 ? (argv[at + 1] ?? 'Corefile') : 'Corefile';
};

/** Whether this Corefile can be run; says why not. */
function check(context: CorednsContext, corefile: string, say: (text: string) => void): boolean {
	try {
		const {notSimulated} = compiled(context, corefile);
		for (const name of notSimulated) {
			context.machine.sim.notes.notSimulated(`CoreDNS plugin ${name}`);
			say(`kubelab: not simulated: CoreDNS plugin ${name}`);
		}

		if (notSimulated.length === 0) return true;
		if (!context.memory.listening) context.exit(notSimulatedStatus);
	} catch (error) {
		if (!(error instanceof CorefileError)) throw error;
		say(error.message);
		if (!context.memory.listening) context.exit(1);
	}

	return false;
}

/** The kubernetes plugin holds the start back until it has read the API, for five seconds at most. */
function waitForApi(context: CorednsContext): void {
	const {memory} = context;
	const wanted = configOf(context, 'kubernetes') !== undefined;
	const synced = !wanted || isApiReachable(context);
	if (!synced && memory.waits < waitsMax) {
		if (memory.waits > 0) context.log('[INFO] plugin/kubernetes: waiting for Kubernetes API before starting server', 'stdout');
		context.memory = {...memory, waits: memory.waits + 1};
		context.wake(waitForApiMs, 'api');
		return;
	}

	if (!synced) {
		context.log('[WARNING] plugin/kubernetes: starting server with unsynced Kubernetes API', 'stdout');
		context.wake(waitForApiMs, 'sync', {periodic: true});
	}

	context.memory = {...context.memory, synced, listening: true};
	const taken = openPorts(context);
	if (taken) {
		context.log(`Listen: ${taken}`, 'stdout');
		context.exit(1);
		return;
	}

	announce(context);
	const loop = findLoop(context);
	if (loop) {
		context.log(loop, 'stdout');
		context.exit(1);
		return;
	}

	const reload = configOf(context, 'reload');
	if (reload) context.wake(reload.intervalMs, 'reload', {periodic: true});
}

function announce(context: CorednsContext): void {
	for (const block of compiled(context).blocks) for (const zone of block.zones) context.log(`${zone}:${block.port}`, 'stdout');
	if (configOf(context, 'reload'))
		context.log(`[INFO] plugin/reload: Running configuration SHA512 = ${corefileHash(context.memory.corefile)}`, 'stdout');
	context.log('CoreDNS-1.12.0', 'stdout');
	context.log('linux/amd64, go1.23.3, 51e11f1', 'stdout');
}

/** Ports of server blocks (UDP and TCP) and of the plugins with a page. Says which one somebody else has; undefined when all are open. */
function openPorts(context: CorednsContext): string | undefined {
	const wanted = compiled(context).blocks.flatMap(({port}) => [`udp ${port}`, `tcp ${port}`]);
	for (const name of ['health', 'ready', 'prometheus']) {
		const config = configOf(context, name);
		if (config) wanted.push(`tcp ${config.port}`);
	}

	for (const entry of new Set(wanted)) {
		if (context.memory.ports.includes(entry)) continue;
		const [protocol, port] = entry.split(' ') as ['tcp' | 'udp', string];
		try {
			context.listen(protocol, '*', Number(port));
		} catch (error) {
			return `listen ${protocol} :${port}: bind: ${(error as Error).message}`;
		}

		context.memory = {...context.memory, ports: [...context.memory.ports, entry]};
	}

	return undefined;
}

function syncLater(context: CorednsContext): void {
	if (isApiReachable(context)) context.memory = {...context.memory, synced: true};
	else context.wake(waitForApiMs, 'sync', {periodic: true});
}

/** plugin/reload: a changed file is taken over, unless it cannot be read; then the old one goes on. The same wrong file is not tried twice. */
function lookForChange(context: CorednsContext): void {
	const {files} = context.machine;
	const {path, corefile, refused} = context.memory;
	const text = files.exists(path) ? files.readText(path) : corefile;
	if (isReadable(context, text) && corefileHash(text) !== corefileHash(refused ?? corefile)) restart(context, text);
	const reload = configOf(context, 'reload');
	if (reload) context.wake(reload.intervalMs, 'reload', {periodic: true});
}

function isReadable(context: CorednsContext, text: string): boolean {
	try {
		parseCorefile(context.memory.path, text);
		return true;
	} catch (error) {
		if (!(error instanceof CorefileError)) throw error;
		context.log(`[WARNING] plugin/reload: Corefile parse failed: ${error.message}`, 'stdout');
		return false;
	}
}

function restart(context: CorednsContext, text: string): void {
	context.log('[INFO] Reloading', 'stdout');
	const fail = (reason: string) => {
		context.log(`[ERROR] Restart failed: ${reason}`, 'stdout');
		context.log(`[ERROR] plugin/reload: Corefile changed but reload failed: ${reason}`, 'stdout');
	};
	if (!check(context, text, fail)) {
		context.memory = {...context.memory, refused: text};
		return;
	}

	const health = configOf(context, 'health') as HealthConfig | undefined;
	if (health?.lameduckMs) context.log(`[INFO] plugin/health: Going into lameduck mode for ${health.lameduckMs / 1000}s`, 'stdout');
	const {refused: _, ...rest} = context.memory;
	context.memory = {...rest, corefile: text};
	const taken = openPorts(context);
	if (taken) context.log(`[ERROR] Restart failed: Listen: ${taken}`, 'stdout');
	context.log(`[INFO] plugin/reload: Running configuration SHA512 = ${corefileHash(text)}`, 'stdout');
	context.log('[INFO] Reloading complete', 'stdout');
}

function stop(context: CorednsContext, signal: string): void {
	if (signal === 'SIGHUP') return;
	const health = context.memory?.listening ? (configOf(context, 'health') as HealthConfig | undefined) : undefined;
	context.log(`[INFO] ${signal}: Shutting down servers then terminating`, 'stdout');
	if (health?.lameduckMs) {
		context.log(`[INFO] plugin/health: Going into lameduck mode for ${health.lameduckMs / 1000}s`, 'stdout');
		context.wake(health.lameduckMs, 'stop');
	} else {
		context.exit(0);
	}
}
