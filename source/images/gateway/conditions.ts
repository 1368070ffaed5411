/** One condition before it has a time and a generation. The words are those of NGINX Gateway Fabric's conditions.go. */
export interface Condition {
	readonly type: string;
	readonly status: 'True' | 'False';
	readonly reason: string;
	readonly message: string;
}

const yes = (type: string, reason: string, message: string): Condition => ({type, status: 'True', reason, message});
const no = (type: string, reason: string, message: string): Condition => ({type, status: 'False', reason, message});

/** Of each type the last one, where the last ones stand. */
export function deduplicate(conditions: readonly Condition[]): readonly Condition[] {
	return conditions.filter(({type}, index) => conditions.findLastIndex(each => each.type === type) === index);
}

export const classConditions = {
	accepted: yes('Accepted', 'Accepted', 'GatewayClass is accepted'),
	supported: yes('SupportedVersion', 'SupportedVersion', 'Gateway API CRD versions are supported'),
	bestEffort: (wanted: string) =>
		no('SupportedVersion', 'UnsupportedVersion', `Gateway API CRD versions are not recommended. Recommended version is ${wanted}`),
	conflict: no('Accepted', 'GatewayClassConflict', 'The resource is ignored due to a conflicting GatewayClass resource'),
	invalidParameters: (message: string) => no('Accepted', 'InvalidParameters', message),
};

const ignored = 'The resource is ignored due to a conflicting Gateway resource';
const noListener = 'Gateway has no valid listeners';

export const gatewayConditions = {
	good: [yes('Accepted', 'Accepted', 'Gateway is accepted'), yes('Programmed', 'Programmed', 'Gateway is programmed')],
	conflict: [no('Accepted', 'GatewayConflict', ignored), no('Programmed', 'GatewayConflict', ignored)],
	someListeners: [yes('Accepted', 'ListenersNotValid', 'Gateway has at least one valid listener')],
	noListeners: [no('Accepted', 'ListenersNotValid', noListener), no('Programmed', 'Invalid', noListener)],
	invalid: (message: string) => [no('Accepted', 'Invalid', message), no('Programmed', 'Invalid', message)],
	unsupported: (message: string) => [no('Accepted', 'UnsupportedValue', message), no('Programmed', 'UnsupportedValue', message)],
};

const notProgrammed = (message: string) => no('Programmed', 'Invalid', message);

export const listenerConditions = {
	good: [
		yes('Accepted', 'Accepted', 'Listener is accepted'),
		yes('Programmed', 'Programmed', 'Listener is programmed'),
		yes('ResolvedRefs', 'ResolvedRefs', 'All references are resolved'),
		no('Conflicted', 'NoConflicts', 'No conflicts'),
	],
	unsupported: (message: string) => [no('Accepted', 'UnsupportedValue', message), notProgrammed(message)],
	invalidCertificate: (message: string) => [
		no('Accepted', 'InvalidCertificateRef', message),
		no('ResolvedRefs', 'InvalidCertificateRef', message),
		notProgrammed(message),
	],
	invalidKinds: (message: string) => [no('ResolvedRefs', 'InvalidRouteKinds', message), notProgrammed(message)],
	protocolConflict: (message: string) => [
		no('Accepted', 'ProtocolConflict', message),
		yes('Conflicted', 'ProtocolConflict', message),
		notProgrammed(message),
	],
	unsupportedProtocol: (message: string) => [no('Accepted', 'UnsupportedProtocol', message), notProgrammed(message)],
	notPermitted: (message: string) => [
		no('Accepted', 'RefNotPermitted', message),
		no('ResolvedRefs', 'RefNotPermitted', message),
		notProgrammed(message),
	],
};

export const routeConditions = {
	good: [yes('Accepted', 'Accepted', 'The route is accepted'), yes('ResolvedRefs', 'ResolvedRefs', 'All references are resolved')],
	notAllowed: no('Accepted', 'NotAllowedByListeners', 'Route is not allowed by any listener'),
	noHostname: no('Accepted', 'NoMatchingListenerHostname', 'Listener hostname does not match the Route hostnames'),
	noParent: no('Accepted', 'NoMatchingParent', 'Listener is not found for this parent ref'),
	unsupported: (message: string) => no('Accepted', 'UnsupportedValue', message),
	partial: (message: string) => yes('PartiallyInvalid', 'UnsupportedValue', `Dropped Rule(s): ${message}`),
	invalidListener: no('Accepted', 'InvalidListener', 'Listener is invalid for this parent ref'),
	invalidGateway: no('Accepted', 'InvalidGateway', 'Gateway is invalid'),
	ignoredGateway: no('Accepted', 'GatewayIgnored', 'The Gateway is ignored by the controller'),
	refs: (reason: 'InvalidKind' | 'RefNotPermitted' | 'BackendNotFound' | 'UnsupportedValue' | 'InvalidFilter', message: string) =>
		no('ResolvedRefs', reason, message),
};
