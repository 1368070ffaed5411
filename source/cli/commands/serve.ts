import {randomBytes} from 'node:crypto';
import {writeFileSync} from 'node:fs';
import process from 'node:process';
import {type CliCommand, type CliOptions, exitStatus, inputError, usageError} from '../command.js';
import {openWorld} from '../open-world.js';
import {startPump} from '../pump.js';

const command: CliCommand = {
	name: 'serve',
	summary: 'The simulated API server over HTTPS, for the real kubectl',
	usage: 'serve [--port N] [--kubeconfig FILE] [--token T] [--lab ID | --profile NAME]',
	options: {
		port: {type: 'string', value: 'N', help: 'port on 127.0.0.1 (6443; 0: any that is free)'},
		kubeconfig: {type: 'string', value: 'FILE', help: 'where to write the kubeconfig (kubelab.kubeconfig)'},
		token: {type: 'string', value: 'T', help: "the administrator's bearer token; a random one otherwise"},
		lab: {type: 'string', value: 'ID', help: 'serve the cluster of a lab'},
		profile: {type: 'string', value: 'NAME', help: 'serve a profile: base (default), empty, ...'},
		seed: {type: 'string', value: 'TEXT', help: 'seed of all that is random in the cluster'},
	},
	words: {min: 0, max: 0},
	async run(_words, options, host) {
		const port = portFrom(options['port']);
		const token = typeof options['token'] === 'string' ? options['token'] : randomBytes(24).toString('hex');
		if (!/^[\x21-\x7e]+$/.test(token)) throw usageError('--token takes printable ASCII without blanks.');
		const file = typeof options['kubeconfig'] === 'string' ? options['kubeconfig'] : 'kubelab.kubeconfig';
		const cluster = await openWorld(options);
		const {serve} = await import('../../serve/server.js');
		const endpoint = await listening(() => serve(cluster, {port, token, nowMs: Date.now()}), port);
		writeKubeconfig(file, endpoint.kubeconfig);
		const stopPump = startPump(() => endpoint.time, 1);
		await host.out(`Serving ${endpoint.url}\nkubectl --kubeconfig ${file} get nodes\nStop with ctrl-c.\n`);
		await interrupted();
		stopPump();
		await endpoint.close();
		return exitStatus.done;
	},
};
export default command;

function portFrom(text: CliOptions[string]): number {
	const port = text === undefined ? 6443 : Number(text);
	if (!Number.isInteger(port) || port < 0 || port > 65_535) throw usageError(`"--port ${text}" is not a port from 0 to 65535.`);
	return port;
}

async function listening<T>(start: () => Promise<T>, port: number): Promise<T> {
	try {
		return await start();
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		if (code === 'EADDRINUSE') throw inputError(`port ${port} is taken; choose another one with --port, or 0 for any that is free.`);
		if (code === 'EACCES') throw inputError(`port ${port} may not be opened by this user; choose one above 1023 with --port.`);
		throw error;
	}
}

/** It holds the token: nobody else may read it. */
function writeKubeconfig(file: string, text: string) {
	try {
		writeFileSync(file, text, {mode: 0o600});
	} catch (error) {
		throw inputError(`cannot write "${file}": ${(error as NodeJS.ErrnoException).code ?? (error as Error).message}.`);
	}
}

const interrupted = () =>
	new Promise<void>(resolve => {
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
	});
