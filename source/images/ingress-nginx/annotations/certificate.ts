import {LocationDenied} from './reader.js';
import type {Resolver} from './resolver.js';

/** The certificate that an annotation names as `namespace/name`; a location whose certificate is missing is not served. */
export function namedCertificate(reference: string, resolver: Resolver) {
	const [namespace, name, ...rest] = reference.split('/');
	if (!namespace || !name || rest.length > 0)
		throw new LocationDenied(`invalid format (namespace/name) found in ${JSON.stringify(reference)}`);
	const found = resolver.certificate(reference);
	if ('error' in found) throw new LocationDenied(`error obtaining certificate: ${found.error}`);
	return found;
}
