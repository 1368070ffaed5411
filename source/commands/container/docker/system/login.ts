import {EngineError} from '../../../../node/engine/model.js';
import {failure, notSimulated} from '../failure.js';
import {serverOf} from '../../../../node/registry/docker-config.js';
import type {Call, Steps, Verb} from '../verb.js';
import {forgetCredentials, isSaved, keyOf, saveCredentials, savedCredentials} from './credentials.js';

const warning = (path: string) =>
	`\nWARNING! Your credentials are stored unencrypted in '${path}'.\nConfigure a credential helper to remove this warning. See\nhttps://docs.docker.com/go/credential-store/\n\n`;

export const login: Verb = {
	name: 'login',
	summary: 'Authenticate to a registry',
	usage: '[OPTIONS] [SERVER]',
	options: [
		['password', 'string', 'p'],
		['password-stdin', 'bool'],
		['username', 'string', 'u'],
	],
	arguments: [0, 1],
	*run(call) {
		const {engine, io, values, out, err} = call;
		const server = serverOf(call.args[0] ?? 'docker.io');
		if (values.changed('password')) err('WARNING! Using --password via the CLI is insecure. Use --password-stdin.\n');
		if (values.changed('password') && values.bool('password-stdin'))
			throw failure('conflicting options: cannot specify both --password and --password-stdin');
		if (values.bool('password-stdin') && !values.changed('username'))
			throw failure('the --password-stdin option requires --username to be set');
		const saved = values.changed('username') || values.changed('password') ? undefined : savedCredentials(io, server);
		if (!saved && server === 'docker.io' && !values.changed('username'))
			throw io.stdinIsTerminal
				? notSimulated('docker login to Docker Hub in a browser')
				: failure('Error: Cannot perform an interactive login from a non TTY device'.replace('Error: ', ''));
		if (saved) out('Authenticating with existing credentials...\n\n');
		const credentials = saved ?? (yield* asked(call, server));
		try {
			engine.login(server, credentials);
		} catch (error) {
			if (!(error instanceof EngineError)) throw error;
			throw error;
		}

		saveCredentials(io, server, credentials);
		if (!saved) err(warning(`${io.env['HOME'] ?? '/root'}/.docker/config.json`));
		out('Login Succeeded\n');
		return 0;
	},
};

function* asked({io, values, out}: Call, server: string): Steps<{username: string; password: string}> {
	let username = values.string('username');
	let password = values.string('password');
	if (values.bool('password-stdin')) password = io.stdin.replace(/\r?\n$/, '');
	if (username === undefined) {
		if (!io.stdinIsTerminal) throw failure('Cannot perform an interactive login from a non TTY device');
		out('Username: ');
		username = ((yield {read: 'line'}) as string | undefined)?.trim() ?? '';
		if (username === '') throw failure('username is required');
	}

	if (password === undefined) {
		if (!io.stdinIsTerminal) throw failure('Cannot perform an interactive login from a non TTY device');
		if (server !== 'docker.io') out('\n');
		out('Password: ');
		password = ((yield {read: 'line'}) as string | undefined) ?? '';
		out('\n');
	}

	if (password === '') throw failure('password is required');
	return {username, password};
}

export const logout: Verb = {
	name: 'logout',
	summary: 'Log out from a registry',
	usage: '[SERVER]',
	options: [],
	arguments: [0, 1],
	offline: true,
	*run({io, args, out}) {
		const server = serverOf(args[0] ?? 'docker.io');
		if (!isSaved(io, server)) {
			out(`Not logged in to ${keyOf(server)}\n`);
			return 0;
		}

		out(`Removing login credentials for ${keyOf(server)}\n`);
		forgetCredentials(io, server);
		return 0;
	},
};
