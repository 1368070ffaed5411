import type {Credentials} from './credentials.js';

/** Credentials of `auths` in a docker config.json (or of an old .dockercfg, which has no `auths`). What cannot be read is nobody's. */
export function credentialsIn(text: string, registry: string, legacy = false): Credentials | undefined {
	let auths: Record<string, {auth?: string; username?: string; password?: string}> | undefined;
	try {
		const parsed = JSON.parse(text);
		auths = legacy ? parsed : parsed?.auths;
	} catch {
		return undefined;
	}

	const key = Object.keys(auths ?? {}).find(each => serverOf(each) === registry);
	const entry = key === undefined ? undefined : auths![key];
	if (entry?.username && entry.password) return {username: entry.username, password: entry.password};
	const plain = Buffer.from(entry?.auth ?? '', 'base64').toString('utf8');
	const colon = plain.indexOf(':');
	return colon > 0 ? {username: plain.slice(0, colon), password: plain.slice(colon + 1)} : undefined;
}

/** `https://index.docker.io/v1/` means docker.io. */
export function serverOf(key: string): string {
	const host = key.replace(/^https?:\/\//, '').split('/')[0]!;
	return ['index.docker.io', 'registry-1.docker.io'].includes(host) ? 'docker.io' : host;
}
