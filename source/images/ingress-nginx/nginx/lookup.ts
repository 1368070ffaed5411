import type {Backend, Certificate, Configuration} from '../configuration.js';

/** What lua keeps in its dictionaries, in the form in which it is searched. */
export interface Lookup {
	findBackend(name: string): Backend | undefined;
	/** certificate.lua: by the exact name, then by `*.` and the rest. */
	findCertificate(name: string): Certificate | undefined;
}

/** Configurations are immutable: this is only a cache. */
const known = new WeakMap<Configuration, Lookup>();

export function lookupIn(configuration: Configuration): Lookup {
	let lookup = known.get(configuration);
	if (!lookup) known.set(configuration, (lookup = index(configuration)));
	return lookup;
}

function index({servers, redirects, backends}: Configuration): Lookup {
	const certificates = new Map<string, Certificate>();
	for (const {from, certificate} of redirects) if (certificate) certificates.set(from, certificate);
	for (const {hostname, aliases, certificate} of servers)
		if (certificate) for (const name of [hostname, ...aliases]) certificates.set(name, certificate);
	const byName = new Map(backends.map(each => [each.name, each]));
	return {
		findBackend: name => byName.get(name),
		findCertificate: name => certificates.get(name) ?? certificates.get(name.replace(/^[^.]+\./, '*.')),
	};
}
