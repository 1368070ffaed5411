import type {Machine} from '../../../node/host/machine.js';
import {Failure} from '../failure.js';
import {logLine} from '../klog.js';
import type {Access} from './access.js';

/** No answer from the server: why, as net/http tells it, and what kubectl makes of that. */
export class Unreachable extends Failure {
	override readonly cause: string;
	/** `Post "https://.../pods"`: what was asked for, where it was not discovery. */
	asked: string | undefined;

	constructor(cause: string, refusedBy?: string) {
		const text = refusedBy
			? `The connection to the server ${refusedBy} was refused - did you specify the right host or port?`
			: `Unable to connect to the server: ${cause}`;
		super(text, {raw: true});
		this.cause = cause;
	}

	get full(): string {
		return this.asked === undefined ? this.message : `${this.asked}: ${this.cause}`;
	}
}

/** How often a verb asks what the server has before it gives up; those that are not named here try five times. */
const attempts: Readonly<Record<string, number>> = {
	...Object.fromEntries(['api-resources', 'api-versions', 'diff', 'run'].map(verb => [verb, 1])),
	...Object.fromEntries(['can-i', 'explain', 'taint'].map(verb => [verb, 2])),
	...Object.fromEntries(
		['attach', 'certificate', 'cordon', 'debug', 'drain', 'exec', 'logs', 'port-forward', 'rollout', 'uncordon'].map(verb => [verb, 4]),
	),
	...Object.fromEntries(['apply', 'cp', 'create', 'events', 'replace', 'top', 'version', 'whoami'].map(verb => [verb, 0])),
};

/**
 * The lines of discovery that fails. Of the cluster that kubeadm made here its answers lie in ~/.kube/cache since somebody used it,
 * and are good for six hours: only other addresses are asked in vain.
 */
export function discoveryLines(caller: {machine: Machine; access: Access; nowMs: number}, path: string, cause: string): string {
	const {server} = caller.access;
	const {files} = caller.machine;
	const admin = '/etc/kubernetes/admin.conf';
	if (files.exists(admin) && files.readText(admin).includes(`server: ${server}\n`)) return '';
	const word = path.split(' ').find(one => one !== 'kubectl' && one !== 'auth') ?? '';
	const text = `"Unhandled Error" err=${JSON.stringify(`couldn't get current server API group list: Get "${server}/api?timeout=32s": ${cause}`)}`;
	return logLine(caller, 'E', 'memcache.go:265', text).repeat(attempts[word] ?? 5);
}
