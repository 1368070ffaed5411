import {each, type Errors, items, oneOf, required} from '../errors.js';
import {endpointIp, ip, label1123, portNumber, protocols, qualifiedName, subdomain1123} from '../rules.js';

/** Models ValidateEndpoints. */
export function validateEndpoints({subsets}: any): Errors {
	return items('subsets', subsets, ({addresses, notReadyAddresses, ports}: any, path) => {
		const errors: Errors = [];
		if (!addresses?.length && !notReadyAddresses?.length) errors.push(required(path, 'must specify `addresses` or `notReadyAddresses`'));
		for (const [list, values] of [
			['addresses', addresses],
			['notReadyAddresses', notReadyAddresses],
		] as const)
			errors.push(...items(`${path}.${list}`, values, address));
		const many = ports?.length > 1;
		errors.push(
			...items(`${path}.ports`, ports, ({name, port = 0, protocol, appProtocol}: any, at) => {
				const found: Errors = name ? label1123(`${at}.name`, name) : many ? [required(`${at}.name`)] : [];
				found.push(...each(`${at}.port`, port, portNumber(port)), ...oneOf(`${at}.protocol`, protocol, protocols));
				return appProtocol === undefined ? found : [...found, ...qualifiedName(`${at}.appProtocol`, appProtocol)];
			}),
		);
		return errors;
	});
}

function address({ip: value = '', hostname, nodeName}: any, at: string): Errors {
	const errors: Errors = ip(`${at}.ip`, value);
	if (hostname) errors.push(...label1123(`${at}.hostname`, hostname));
	if (nodeName !== undefined) errors.push(...subdomain1123(`${at}.nodeName`, nodeName));
	return [...errors, ...endpointIp(`${at}.ip`, value)];
}
