import {equal} from '../../api/values/plain.js';
import type {KubeObject} from '../../api/object.js';
import {compile} from './compile/compile.js';
import {confPath} from './conf/path.js';
import {nginxConf, type Surroundings} from './conf/nginx-conf.js';
import {testConfiguration} from './conf/test.js';
import type {Configuration} from './configuration.js';
import type {Log} from './log.js';
import {type ControllerContext, note} from './memory.js';
import {loadNginx, updateNginx} from './nginx/nginx.js';
import {writeSecrets} from './secrets.js';
import {showProcesses} from './nginx-processes.js';
import {parseAll} from './parsed.js';
import {record} from './record.js';
import {viewOf} from './view-of.js';

/** Asks for a sync: at once when the last was long ago, else when --sync-rate-limit allows it again. */
export function requestSync(context: ControllerContext): void {
	const {memory, machine} = context;
	if (memory.phase !== 'running') return;
	const pauseMs = Math.ceil(1000 / Number(memory.given['sync-rate-limit']));
	const dueMs = (memory.lastSyncMs ?? -pauseMs) + pauseMs;
	context.wake(Math.max(0, dueMs - machine.sim.clock.now()), 'sync');
}

/** Compiles everything; nginx is reloaded only when its file would be another (controller.go syncIngress). */
export function sync(context: ControllerContext, log: Log): void {
	note(context, {lastSyncMs: context.machine.sim.clock.now()});
	const view = viewOf(context, log);
	const configuration = compile(view, parseAll(context, view));
	const running = context.memory.nginx?.configuration;
	if (running && equal(running, configuration)) return;
	if (running?.checksum === configuration.checksum) {
		writeSecrets(context, configuration);
		updateNginx(context, configuration);
		return;
	}

	log.info('controller.go:193', 'Configuration changes detected, backend reload required');
	const text = nginxConf(configuration, surroundingsOf(context));
	const error = testConfiguration(configuration, () => text, view.nowMs);
	if (error !== undefined) {
		log.plain('E', 'controller.go:205', `Unexpected failure reloading the backend:\n${error}`);
		record(context, log, podOf(context), 'Warning', 'RELOAD', `Error reloading NGINX: ${error}`);
		// The queue tries again, with a pause that grows.
		context.wake(retryMs, 'sync', {periodic: true});
		return;
	}

	load(context, configuration, text);
	log.info('controller.go:213', 'Backend successfully reloaded');
	if (running === undefined) log.info('controller.go:224', 'Initial sync, sleeping for 1 second');
	record(context, log, podOf(context), 'Normal', 'RELOAD', 'NGINX reload triggered due to a change in configuration');
}

const retryMs = 5000;

function load(context: ControllerContext, configuration: Configuration, text: string): void {
	writeSecrets(context, configuration);
	context.machine.files.write(confPath, text);
	loadNginx(context, configuration, text);
	showProcesses(context);
	note(context, {reloads: context.memory.reloads + 1});
}

export const surroundingsOf = ({machine: {files}, memory: {given}}: ControllerContext): Surroundings => ({
	given,
	nameServers: files.exists('/etc/resolv.conf')
		? [...files.readText('/etc/resolv.conf').matchAll(/^nameserver\s+(\S+)/gm)].map(([, address]) => address!)
		: [],
});

/** The controller's own pod, which events are about. */
export function podOf({api, memory: {pod}}: ControllerContext): KubeObject {
	const found = api?.reader.find<KubeObject>('pods', pod.namespace, pod.name);
	return found ?? {apiVersion: 'v1', kind: 'Pod', metadata: {...pod}};
}
