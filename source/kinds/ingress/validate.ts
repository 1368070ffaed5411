import {goText} from '../../api/field-error.js';
import {isSubdomain1123} from '../../api/selector/label-syntax.js';
import {each, type Errors, invalid, items, notSupported, required} from '../errors.js';
import {isIP, portName, portNumber, subdomain1123} from '../rules.js';

const pathTypes = ['Exact', 'ImplementationSpecific', 'Prefix'];
const forbiddenInPath = ['//', '/./', '/../', '%2f', '%2F'];
const forbiddenAtEnd = ['/..', '/.'];
const classAnnotation = 'kubernetes.io/ingress.class';

/** Models ValidateIngressCreate in pkg/apis/networking/validation. */
export function validateIngress({metadata, spec = {}}: any, old?: any): Errors {
	const errors: Errors = [];
	if (!spec.rules?.length && !spec.defaultBackend)
		errors.push(
			invalid(
				'spec',
				goText(`[]networking.IngressRule${spec.rules ? '{}' : '(nil)'}`),
				'either `defaultBackend` or `rules` must be specified',
			),
		);
	if (spec.defaultBackend) errors.push(...backend('spec.defaultBackend', spec.defaultBackend));
	errors.push(...items('spec.rules', spec.rules, rule));
	errors.push(
		...items('spec.tls', spec.tls, ({hosts, secretName = ''}: any, at) => [
			...items(`${at}.hosts`, hosts, (host: string, path) => hostErrors(path, host, true)),
			...(secretName ? each(`${at}.secretName`, secretName, isSubdomain1123(secretName)) : []),
		]),
	);
	if (spec.ingressClassName !== undefined)
		errors.push(...each('spec.ingressClassName', spec.ingressClassName, isSubdomain1123(spec.ingressClassName)));
	const annotation = metadata.annotations?.[classAnnotation];
	if (!old && annotation !== undefined && spec.ingressClassName !== undefined)
		errors.unshift(invalid(`annotations.${classAnnotation}`, annotation, 'can not be set when the class field is also set'));
	return errors;
}

function rule({host = '', http}: any, path: string): Errors {
	const errors: Errors = host ? hostErrors(`${path}.host`, host, false) : [];
	if (!http) return errors;
	if (!http.paths?.length) return [...errors, required(`${path}.http.paths`)];
	return [...errors, ...items(`${path}.http.paths`, http.paths, httpPath)];
}

/** Wildcards stand for the first label only. */
function hostErrors(field: string, host: string, tls: boolean): Errors {
	if (!tls && isIP(host)) return [invalid(field, host, 'must be a DNS name, not an IP address')];
	if (!host.includes('*')) return subdomain1123(field, host);
	if (/^\*\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(host)) return [];
	return [
		invalid(
			field,
			host,
			"a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for validation is '\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
		),
	];
}

function httpPath({path = '', pathType, backend: target = {}}: any, at: string): Errors {
	const errors: Errors = [];
	if (!pathType) return [required(`${at}.pathType`, 'pathType must be specified')];
	if (pathType === 'Exact' || pathType === 'Prefix') {
		if (!path.startsWith('/')) errors.push(invalid(`${at}.path`, path, 'must be an absolute path'));
		else {
			for (const part of forbiddenInPath) if (path.includes(part)) errors.push(invalid(`${at}.path`, path, `must not contain '${part}'`));
			for (const end of forbiddenAtEnd) if (path.endsWith(end)) errors.push(invalid(`${at}.path`, path, `cannot end with '${end}'`));
		}
	} else if (pathType === 'ImplementationSpecific') {
		if (path && !path.startsWith('/')) errors.push(invalid(`${at}.path`, path, 'must be an absolute path'));
	} else errors.push(notSupported(`${at}.pathType`, pathType, pathTypes));
	return [...errors, ...backend(`${at}.backend`, target)];
}

export function backend(path: string, {service, resource}: any): Errors {
	if (resource && service) return [invalid(path, '', 'cannot set both resource and service backends')];
	if (resource) return resourceBackend(`${path}.resource`, resource);
	if (!service) return [invalid(path, '', 'resource or service backend is required')];
	const errors: Errors = [];
	if (!service.name) errors.push(required(`${path}.service.name`));
	else errors.push(...each(`${path}.service.name`, service.name, isServiceName(service.name)));
	const {name = '', number = 0} = service.port ?? {};
	if (name && number) errors.push(invalid(path, '', 'cannot set both port name & port number'));
	else if (name) errors.push(...each(`${path}.service.port.name`, name, portName(name)));
	else if (number) errors.push(...each(`${path}.service.port.number`, number, portNumber(number)));
	else errors.push(required(path, 'port name or number is required'));
	return errors;
}

const resourceBackend = (path: string, resource: any): Errors => [
	...(resource.apiGroup ? subdomain1123(`${path}.apiGroup`, resource.apiGroup) : []),
	...['kind', 'name'].filter(field => !resource[field]).map(field => required(`${path}.${field}`, `${field} is required`)),
];

const isServiceName = (name: string): string[] =>
	/^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name)
		? []
		: [
				"a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')",
			];
