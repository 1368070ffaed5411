import {duplicate, each, type Errors, invalid, items, notSupported, required, tooMany} from '../errors.js';
import {endpointIp, isIPv4, isIPv6, label1123, portNumber, protocols, qualifiedName, subdomain1123} from '../rules.js';

const endpointsMax = 1000;
const portsMax = 20_000;
const addressesMax = 100;
const types = ['FQDN', 'IPv4', 'IPv6'];

/** Models ValidateEndpointSlice in pkg/apis/discovery/validation. */
export function validateSlice({addressType, endpoints, ports}: any, old?: any): Errors {
	const errors: Errors = !addressType
		? [required('addressType')]
		: types.includes(addressType)
			? []
			: [notSupported('addressType', addressType, types)];
	if (endpoints?.length > endpointsMax) errors.push(tooMany('endpoints', endpoints.length, endpointsMax));
	else errors.push(...items('endpoints', endpoints, (endpoint, at) => endpointErrors(endpoint, at, addressType)));
	if (ports?.length > portsMax) errors.push(tooMany('ports', ports.length, portsMax));
	else errors.push(...portErrors(ports));
	if (old && addressType !== old.addressType) errors.push(invalid('addressType', addressType, 'field is immutable'));
	return errors;
}

function endpointErrors({addresses, hostname, hints}: any, path: string, type: string): Errors {
	const errors: Errors = [];
	if (!addresses?.length) errors.push(required(`${path}.addresses`, 'must contain at least 1 address'));
	else if (addresses.length > addressesMax) errors.push(tooMany(`${path}.addresses`, addresses.length, addressesMax));
	errors.push(
		...items(`${path}.addresses`, addresses, (address: string, at) => {
			if (type === 'IPv4') return isIPv4(address) ? endpointIp(at, address) : [invalid(at, address, 'must be a valid IPv4 address')];
			if (type === 'IPv6') return isIPv6(address) ? endpointIp(at, address) : [invalid(at, address, 'must be a valid IPv6 address')];
			return type === 'FQDN' ? subdomain1123(at, address.replace(/\.$/, '')) : [];
		}),
	);
	if (hostname !== undefined) errors.push(...label1123(`${path}.hostname`, hostname));
	return [...errors, ...items(`${path}.hints.forZones`, hints?.forZones, ({name}: any, at) => (name ? [] : [required(`${at}.name`)]))];
}

function portErrors(ports: readonly any[] | undefined): Errors {
	const names = new Set<string>();
	return items('ports', ports, ({name = '', port, protocol, appProtocol}, at) => {
		const errors: Errors = name ? label1123(`${at}.name`, name) : [];
		if (names.has(name)) errors.push(duplicate(`${at}.name`, name));
		names.add(name);
		if (protocol === undefined) errors.push(required(`${at}.protocol`));
		else if (!protocols.includes(protocol)) errors.push(notSupported(`${at}.protocol`, protocol, protocols));
		if (port !== undefined && port !== null) errors.push(...each(`${at}.port`, port, portNumber(port)));
		return appProtocol === undefined ? errors : [...errors, ...qualifiedName(`${at}.appProtocol`, appProtocol)];
	});
}
