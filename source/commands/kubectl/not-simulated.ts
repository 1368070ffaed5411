import {notSimulated} from './failure.js';
import type {Verb} from './verb.js';

/** What the real kubectl has and the simulation has no use for. */
export const proxy: Verb = {
	name: 'proxy',
	summary: 'Run a proxy to the Kubernetes API server',
	group: 'Troubleshooting and Debugging Commands:',
	flags: [
		['accept-hosts', 'string', ''],
		['accept-paths', 'string', '^.*'],
		['address', 'string', '127.0.0.1'],
		['api-prefix', 'string', '/'],
		['append-server-path', 'bool', 'false'],
		['disable-filter', 'bool', 'false'],
		['keepalive', 'duration', '0s'],
		['port', 'int', '8001', 'p'],
		['reject-methods', 'string', '^$'],
		['reject-paths', 'string', ''],
		['unix-socket', 'string', '', 'u'],
		['www', 'string', '', 'w'],
		['www-prefix', 'string', '/static/', 'P'],
	],
	*run() {
		throw notSimulated('kubectl proxy');
	},
};
