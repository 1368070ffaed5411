import {FileError, type Files} from '../../os/files.js';

/** One server that may be asked for images of a registry. */
export interface RegistryHost {
	readonly host: string;
	readonly plain: boolean;
	/** `skip_verify`. */
	readonly insecure: boolean;
	readonly trusted: string;
	/** Its capabilities hold `pull` and `resolve`. */
	readonly pulls: boolean;
}

const folder = '/etc/containerd/certs.d';

export function readIfThere(files: Files, path: string): string {
	try {
		return files.readText(path);
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		return '';
	}
}

/** What containerd's `config_path` says about a registry: mirrors in order, then the server. Models containerd core/remotes/docker/config/hosts.go. */
export function hostsOf(files: Files, registry: string): {readonly mirrors: readonly RegistryHost[]; readonly server: RegistryHost} {
	const own = [registry, registry.replace(/:(\d+)$/, '_$1_'), '_default'].map(name => `${folder}/${name}`).find(path => files.exists(path));
	const local = /^(?:localhost|127\.\d+\.\d+\.\d+)(?::|$)/.test(registry);
	const trusted = own ? authorities(files, own) : '';
	let server: RegistryHost = {host: registry, plain: local, insecure: local, trusted, pulls: true};
	const mirrors: RegistryHost[] = [];
	for (const line of (own ? readIfThere(files, `${own}/hosts.toml`) : '').split('\n')) {
		const section = /^\s*\[host\."([^"]+)"\]/.exec(line);
		const [, key = '', value = ''] = /^\s*(\w+)\s*=\s*(.+?)\s*$/.exec(line) ?? [];
		const last = mirrors.at(-1);
		if (section) mirrors.push({...hostOf(section[1]!), insecure: false, trusted, pulls: true});
		else if (key === 'server' && !last) server = {...server, ...hostOf(value.replaceAll('"', ''))};
		else if (key && last) mirrors[mirrors.length - 1] = changed(files, last, key, value);
		else if (key) server = changed(files, server, key, value);
	}

	return {mirrors: mirrors.filter(each => each.pulls), server};
}

function changed(files: Files, host: RegistryHost, key: string, value: string): RegistryHost {
	if (key === 'skip_verify') return {...host, insecure: value === 'true'};
	if (key === 'capabilities') return {...host, pulls: value.includes('"pull"') && value.includes('"resolve"')};
	if (key !== 'ca') return host;
	const paths = [...value.matchAll(/"([^"]+)"/g)].map(match => match[1]!);
	return {...host, trusted: [host.trusted, ...paths.map(path => readIfThere(files, path))].join('\n')};
}

export function hostOf(url: string): Pick<RegistryHost, 'host' | 'plain'> {
	const match = /^(?:(https?):\/\/)?([^/]+)/.exec(url);
	return {host: match?.[2] ?? url, plain: match?.[1] === 'http'};
}

/** Every `*.crt` of a folder of certificates. */
export const authorities = (files: Files, path: string): string =>
	files.exists(path)
		? files
				.list(path)
				.filter(name => name.endsWith('.crt'))
				.map(name => readIfThere(files, `${path}/${name}`))
				.join('\n')
		: '';
