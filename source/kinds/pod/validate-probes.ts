import {type Errors, forbidden, invalid, items, nonNegative, notSupported, required} from '../errors.js';
import {portNumberOrName} from '../rules.js';

/** Probes and lifecycle hooks of a container. */
const headerName = /^[-A-Za-z0-9]+$/;

/** `grace`: how long the pod has to end. */
export function validateProbes(path: string, container: any, grace: number | undefined): Errors {
	return [
		...lifecycle(`${path}.lifecycle`, container.lifecycle, grace),
		...liveness(`${path}.livenessProbe`, container.livenessProbe),
		...readiness(`${path}.readinessProbe`, container.readinessProbe),
		...liveness(`${path}.startupProbe`, container.startupProbe),
	];
}

function lifecycle(path: string, hooks: any, grace: number | undefined): Errors {
	const errors: Errors = [];
	if (hooks?.postStart) errors.push(...handler(`${path}.postStart`, hooks.postStart, grace));
	if (hooks?.preStop) errors.push(...handler(`${path}.preStop`, hooks.preStop, grace));
	return errors;
}

function liveness(path: string, probe: any): Errors {
	if (!probe) return [];
	const errors = common(path, probe);
	if (probe.successThreshold !== 1) errors.push(invalid(`${path}.successThreshold`, probe.successThreshold ?? 0, 'must be 1'));
	return errors;
}

function readiness(path: string, probe: any): Errors {
	if (!probe) return [];
	const errors = common(path, probe);
	if (probe.terminationGracePeriodSeconds !== undefined)
		errors.push(
			invalid(`${path}.terminationGracePeriodSeconds`, probe.terminationGracePeriodSeconds, 'must not be set for readinessProbes'),
		);
	return errors;
}

function common(path: string, probe: any): Errors {
	const errors = handler(path, probe);
	for (const field of ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold'])
		errors.push(...nonNegative(`${path}.${field}`, probe[field]));
	const grace = probe.terminationGracePeriodSeconds;
	if (grace !== undefined && grace <= 0) errors.push(invalid(`${path}.terminationGracePeriodSeconds`, grace, 'must be greater than 0'));
	return errors;
}

const checks: Readonly<Record<string, (path: string, action: any, grace?: number) => Errors>> = {
	exec: (path, {command}) => (command?.length ? [] : [required(`${path}.command`)]),
	httpGet(path, {path: url, port, scheme, httpHeaders}) {
		const errors: Errors = url ? [] : [required(`${path}.path`)];
		errors.push(...portNumberOrName(`${path}.port`, port));
		if (scheme !== 'HTTP' && scheme !== 'HTTPS') errors.push(notSupported(`${path}.scheme`, scheme, ['HTTP', 'HTTPS']));
		const text =
			"a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')";
		return [
			...errors,
			...items(`${path}.httpHeaders`, httpHeaders, ({name = ''}: any) =>
				headerName.test(name) ? [] : [invalid(`${path}.httpHeaders`, name, text)],
			),
		];
	},
	tcpSocket: (path, {port}) => portNumberOrName(`${path}.port`, port),
	grpc: (path, {port}) => portNumberOrName(`${path}.port`, port ?? 0),
	sleep: (path, {seconds = 0}, grace) =>
		grace !== undefined && (seconds < 0 || seconds > grace)
			? [invalid(path, seconds, `must be non-negative and less than terminationGracePeriodSeconds (${grace})`)]
			: [],
};

function handler(path: string, value: any, grace?: number): Errors {
	const errors: Errors = [];
	let found = 0;
	for (const kind of Object.keys(checks)) {
		if (!value[kind]) continue;
		if (found++ > 0) errors.push(forbidden(`${path}.${kind}`, 'may not specify more than 1 handler type'));
		else errors.push(...checks[kind]!(`${path}.${kind}`, value[kind], grace));
	}

	if (found === 0) errors.push(required(path, 'must specify a handler type'));
	return errors;
}
