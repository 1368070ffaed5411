import {certificatesIn} from './certificate.js';
import type {Name} from './name.js';
import {objectIdNamed} from './object-ids.js';
import {verifyChain} from './verify.js';

/** Who a client certificate says its holder is: the common name is the user, organisations are groups. */
export interface ClientIdentity {
	readonly name: string;
	readonly groups: readonly string[];
}

const [commonName, organisation] = [objectIdNamed('CN'), objectIdNamed('O')];

/** Undefined unless the authorities vouch for it now. Models apiserver/pkg/authentication/request/x509. */
export function clientIdentity(pem: string, authorities: string, nowMs: number): ClientIdentity | undefined {
	const [leaf, ...others] = certificatesIn(pem);
	if (!leaf || verifyChain(leaf, others, certificatesIn(authorities), nowMs).distrust) return undefined;
	const valuesOf = (name: Name, id: string | undefined) => name.filter(([each]) => each === id).map(([, value]) => value);
	const name = valuesOf(leaf.subject, commonName).at(-1);
	return name ? {name, groups: valuesOf(leaf.subject, organisation)} : undefined;
}
