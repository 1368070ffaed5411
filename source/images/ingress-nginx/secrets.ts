import type {Machine} from '../../node/host/machine.js';
import {absolute} from '../nginx/connection/secure.js';
import {authorityPath} from './conf/servers.js';
import type {Configuration} from './configuration.js';

/** Passwords and authorities lie beside nginx.conf, which names them. */
export function writeSecrets({machine: {files}}: {readonly machine: Machine}, {servers}: Configuration): void {
	const write = (path: string, text: string) => {
		if (files.exists(path) && files.readText(path) === text) return;
		files.makeFolder(path.slice(0, path.lastIndexOf('/')), {recursive: true});
		files.write(path, text);
	};
	for (const {locations, certificateAuth} of servers) {
		if (certificateAuth && certificateAuth.caPem !== '') write(authorityPath(certificateAuth), certificateAuth.caPem);
		for (const {basicAuth} of locations) if (basicAuth) write(absolute(basicAuth.file), basicAuth.passwords);
	}
}
