import type {Machine} from '../../../../node/host/machine.js';
import {credentialsIn, serverOf} from '../../../../node/registry/docker-config.js';
import {FileError} from '../../../../os/files.js';
import type {Io} from '../../../../shell/command.js';
import type {Credentials} from '../../../../node/registry/credentials.js';

/** Where the client keeps who it is, by registry. */
const pathOf = ({env}: Pick<Io, 'env'>) => `${env['DOCKER_CONFIG'] ?? `${env['HOME'] ?? '/root'}/.docker`}/config.json`;

/** Docker Hub has kept its first address as its name. */
export const keyOf = (registry: string): string => (registry === 'docker.io' ? 'https://index.docker.io/v1/' : registry);

interface ClientConfig {
	auths?: Record<string, {auth?: string}>;
}

function read(io: Io<Machine>): {text: string; config: ClientConfig} {
	try {
		const text = io.machine.files.readText(pathOf(io));
		const config: unknown = JSON.parse(text);
		return {text, config: typeof config === 'object' && config !== null ? (config as ClientConfig) : {}};
	} catch (error) {
		if (!(error instanceof FileError || error instanceof SyntaxError)) throw error;
		return {text: '', config: {}};
	}
}

export const savedCredentials = (io: Io<Machine>, registry: string): Credentials | undefined => credentialsIn(read(io).text, registry);

export const isSaved = (io: Io<Machine>, registry: string): boolean =>
	Object.keys(read(io).config.auths ?? {}).some(key => serverOf(key) === registry);

export function saveCredentials(io: Io<Machine>, registry: string, {username, password}: Credentials): void {
	const {config} = read(io);
	const auth = Buffer.from(`${username}:${password}`).toString('base64');
	write(io, {...config, auths: {...config.auths, [keyOf(registry)]: {auth}}});
}

export function forgetCredentials(io: Io<Machine>, registry: string): void {
	const {config} = read(io);
	const kept = Object.entries(config.auths ?? {}).filter(([key]) => serverOf(key) !== registry);
	write(io, {...config, auths: Object.fromEntries(kept)});
}

function write(io: Io<Machine>, config: ClientConfig): void {
	const path = pathOf(io);
	io.machine.files.makeFolder(path.slice(0, path.lastIndexOf('/')), {recursive: true});
	io.machine.files.write(path, `${JSON.stringify(config, undefined, '\t')}`, {mode: 0o600});
}
