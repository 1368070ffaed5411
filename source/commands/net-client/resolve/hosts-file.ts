import type {Files} from '../../../os/files.js';

/** First IPv4 address and the names of its line, for `name` in /etc/hosts. */
export function findInHosts(files: Files, name: string): {address: string; canonical: string; names: readonly string[]} | undefined {
	const wanted = name.replace(/\.$/, '').toLowerCase();
	for (const [address, names] of hostsLines(files)) {
		if (!address.includes(':') && names.some(each => each.toLowerCase() === wanted)) return {address, canonical: names[0]!, names};
	}

	return wanted === 'localhost' ? {address: '127.0.0.1', canonical: 'localhost', names: ['localhost']} : undefined;
}

export const nameInHosts = (files: Files, address: string): string | undefined =>
	hostsLines(files).find(([own]) => own === address)?.[1][0];

function hostsLines(files: Files): Array<[address: string, names: string[]]> {
	const text = files.exists('/etc/hosts') ? files.readText('/etc/hosts') : '';
	return text.split('\n').flatMap(line => {
		const [address, ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
		return address && names.length > 0 ? [[address, names] as [string, string[]]] : [];
	});
}
