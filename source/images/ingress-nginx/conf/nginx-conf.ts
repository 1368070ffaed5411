import type {Configuration} from '../configuration.js';
import type {Arguments} from '../arguments.js';
import {httpLines} from './http.js';
import {block, type Line, render, when} from './lines.js';
import {defaultServers, serverBlocks} from './servers.js';
import {streamBlock} from './stream.js';
import {zoneLines} from './zones.js';

export interface Surroundings {
	readonly given: Arguments;
	/** Of the pod's /etc/resolv.conf. */
	readonly nameServers: readonly string[];
}

/** /etc/nginx/nginx.conf: what a learner finds in the pod (rootfs/etc/nginx/template/nginx.tmpl). nginx itself here reads the Configuration. */
export function nginxConf(configuration: Configuration, {given, nameServers}: Surroundings): string {
	const {options, checksum} = configuration;
	const resolver = nameServers.length > 0 ? [`resolver ${nameServers.join(' ')} valid=30s;`, ''] : [];
	const lines: readonly Line[] = [
		'',
		`# Configuration checksum: ${checksum}`,
		'',
		'pid /tmp/nginx/nginx.pid;',
		'',
		'daemon off;',
		'',
		`worker_processes ${options.workerProcesses};`,
		'',
		'worker_rlimit_nofile 1047552;',
		'',
		`worker_shutdown_timeout ${options.workerShutdownTimeout} ;`,
		'',
		...when(options.mainSnippet, options.mainSnippet, ''),
		block('events', 'multi_accept        on;', `worker_connections  ${options.maxWorkerConnections};`, 'use                 epoll;'),
		'',
		block(
			'http',
			httpLines(configuration, given, resolver),
			zoneLines(configuration),
			serverBlocks(configuration, given),
			defaultServers(configuration, given),
		),
		'',
		streamBlock(configuration, given, resolver),
	];
	return render(lines);
}
