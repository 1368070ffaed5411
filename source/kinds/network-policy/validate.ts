import {goText} from '../../api/field-error.js';
import {each, type Errors, forbidden, invalid, items, notSupported, required} from '../errors.js';
import {cidr, isCIDR, isIPv6, labelSelector, portName, portNumber, protocols} from '../rules.js';

/** Models ValidateNetworkPolicy in pkg/apis/networking/validation. */
export function validateNetworkPolicy({spec}: any): Errors {
	const errors: Errors = [...labelSelector('spec.podSelector', spec.podSelector)];
	errors.push(
		...items('spec.ingress', spec.ingress, ({ports, from}: any, at) => [
			...items(`${at}.ports`, ports, port),
			...items(`${at}.from`, from, peer),
		]),
	);
	errors.push(
		...items('spec.egress', spec.egress, ({ports, to}: any, at) => [...items(`${at}.ports`, ports, port), ...items(`${at}.to`, to, peer)]),
	);
	const types = ['Ingress', 'Egress'];
	if (spec.policyTypes?.length > 2)
		return [
			...errors,
			invalid(
				'spec.policyTypes',
				goText(`[]networking.PolicyType{${spec.policyTypes.map((type: string) => JSON.stringify(type)).join(', ')}}`),
				'may not specify more than two policyTypes',
			),
		];
	return [
		...errors,
		...items('spec.policyTypes', spec.policyTypes, (type: string, at) => (types.includes(type) ? [] : [notSupported(at, type, types)])),
	];
}

function port({protocol, port: number, endPort}: any, path: string): Errors {
	const errors: Errors = [];
	if (protocol !== undefined && !protocols.includes(protocol))
		errors.push(notSupported(`${path}.protocol`, protocol, ['TCP', 'UDP', 'SCTP']));
	if (typeof number === 'string') {
		if (endPort !== undefined) errors.push(invalid(`${path}.endPort`, endPort, 'may not be specified when `port` is non-numeric'));
		errors.push(...each(`${path}.port`, number, portName(number)));
	} else if (number !== undefined && number !== null) {
		errors.push(...each(`${path}.port`, number, portNumber(number)));
		if (endPort !== undefined && endPort < number)
			errors.push(invalid(`${path}.endPort`, endPort, 'must be greater than or equal to `port`'));
		if (endPort !== undefined) errors.push(...each(`${path}.endPort`, endPort, portNumber(endPort)));
	} else if (endPort !== undefined) errors.push(invalid(`${path}.endPort`, endPort, 'may not be specified when `port` is not specified'));
	return errors;
}

function peer({podSelector, namespaceSelector, ipBlock}: any, path: string): Errors {
	const errors: Errors = [];
	if (podSelector) errors.push(...labelSelector(`${path}.podSelector`, podSelector));
	if (namespaceSelector) errors.push(...labelSelector(`${path}.namespaceSelector`, namespaceSelector));
	if (ipBlock) errors.push(...block(`${path}.ipBlock`, ipBlock));
	if (!podSelector && !namespaceSelector && !ipBlock) errors.push(required(path, 'must specify a peer'));
	else if (ipBlock && (podSelector || namespaceSelector)) errors.push(forbidden(path, 'may not specify both ipBlock and another peer'));
	return errors;
}

function block(path: string, {cidr: outer = '', except}: any): Errors {
	if (!outer) return [required(`${path}.cidr`)];
	if (!isCIDR(outer)) return cidr(`${path}.cidr`, outer);
	return items(`${path}.except`, except, (inner: string, at) => {
		if (!isCIDR(inner)) return cidr(at, inner);
		return isWithin(inner, outer) ? [] : [invalid(at, inner, 'must be a strict subset of `cidr`')];
	});
}

function bits(address: string): string {
	if (!isIPv6(address))
		return address
			.split('.')
			.map(part => Number(part).toString(2).padStart(8, '0'))
			.join('');
	const [head = '', tail = ''] = address.split('::');
	const words = (text: string) => (text === '' ? [] : text.split(':'));
	const [before, after] = [words(head), words(tail)];
	const middle = address.includes('::') ? new Array(8 - before.length - after.length).fill('0') : [];
	return [...before, ...middle, ...after].map(word => Number.parseInt(word, 16).toString(2).padStart(16, '0')).join('');
}

function isWithin(inner: string, outer: string): boolean {
	const [a, aBits] = inner.split('/') as [string, string];
	const [b, bBits] = outer.split('/') as [string, string];
	return isIPv6(a) === isIPv6(b) && Number(aBits) > Number(bBits) && bits(a).startsWith(bits(b).slice(0, Number(bBits)));
}
