import type {Files} from '../../../os/files.js';

/** /etc/resolv.conf as libc reads it. */
export interface ResolvConf {
	readonly servers: readonly string[];
	readonly search: readonly string[];
	readonly ndots: number;
	readonly timeoutMs: number;
	readonly attempts: number;
}

const serversMax = 3;

export function readResolvConf(files: Files): ResolvConf {
	const text = files.exists('/etc/resolv.conf') ? files.readText('/etc/resolv.conf') : '';
	const servers: string[] = [];
	let search: string[] = [];
	const options = new Map<string, number>();
	for (const line of text.split('\n')) {
		const [keyword, ...words] = line
			.replace(/[#;].*/, '')
			.trim()
			.split(/\s+/);
		if (keyword === 'nameserver' && words[0] && servers.length < serversMax) servers.push(words[0]);
		else if (keyword === 'search' || keyword === 'domain') search = words;
		else if (keyword === 'options') for (const word of words) options.set(word.split(':')[0]!, Number(word.split(':')[1] ?? 1));
	}

	return {
		servers: servers.length > 0 ? servers : ['127.0.0.1'],
		search,
		ndots: Math.min(15, options.get('ndots') ?? 1),
		timeoutMs: 1000 * Math.min(30, options.get('timeout') ?? 5),
		attempts: Math.min(5, options.get('attempts') ?? 2),
	};
}

/** The names libc asks for, in order: enough dots try the name itself first. */
export function candidates(name: string, {search, ndots}: Pick<ResolvConf, 'search' | 'ndots'>): string[] {
	if (name.endsWith('.')) return [name];
	const dots = name.split('.').length - 1;
	const searched = search.map(suffix => `${name}.${suffix.replace(/\.$/, '')}.`);
	return dots >= ndots ? [`${name}.`, ...searched] : [...searched, `${name}.`];
}
