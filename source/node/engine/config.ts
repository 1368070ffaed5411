import type {Files} from '../../os/files.js';
import type {RegistryAccess} from '../registry/client.js';
import {authorities, hostOf, readIfThere} from '../registry/hosts-toml.js';
import type {DaemonConfig} from './docker.js';

export function readConfig(files: Files): DaemonConfig {
	let parsed: Record<string, unknown> = {};
	try {
		parsed = JSON.parse(readIfThere(files, '/etc/docker/daemon.json') || '{}');
	} catch {
		// The daemon did not start with it; what it knew before is not kept.
	}

	const list = (key: string) => (Array.isArray(parsed[key]) ? (parsed[key] as unknown[]).map(String) : []);
	return {mirrors: list('registry-mirrors'), insecure: list('insecure-registries'), liveRestore: parsed['live-restore'] === true};
}

/** How the daemon speaks to a registry: certificates from /etc/docker/certs.d, plain HTTP for loopback and what is named insecure. */
export function accessTo(files: Files, host: string, {insecure}: DaemonConfig, nameServer: string): RegistryAccess {
	const local = /^(?:localhost|127\.\d+\.\d+\.\d+)(?::\d+)?$/.test(host);
	return {
		host,
		insecure: local || insecure.some(each => hostOf(each).host === host),
		trusted: authorities(files, `/etc/docker/certs.d/${host}`),
		nameServer,
	};
}
