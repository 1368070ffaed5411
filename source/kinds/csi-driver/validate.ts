import {isQualifiedName, isSubdomain1123} from '../../api/selector/label-syntax.js';
import {duplicate, each, type Errors, invalid, items, notSupported, required, tooLong} from '../errors.js';
import {goStrings} from '../rules.js';

const modes = ['Persistent', 'Ephemeral'];
const groupPolicies = ['File', 'None', 'ReadWriteOnceWithFSType'];
const tokenSecondsMin = 600;
const nameMax = 63;
const nodeIdMax = 256;

/** Models ValidateCSIDriverName in pkg/apis/core/validation. */
export function driverName(field: string, name = ''): Errors {
	const errors: Errors = name ? [] : [required(field)];
	if (name.length > nameMax) errors.push(tooLong(field, nameMax));
	return [...errors, ...each(field, name, isSubdomain1123(name.toLowerCase()))];
}

/** Models validateCSIDriverSpec in pkg/apis/storage/validation. */
export function validateCsiDriver({spec = {}}: any): Errors {
	const errors: Errors = (spec.volumeLifecycleModes ?? [])
		.filter((mode: string) => !modes.includes(mode))
		.map((mode: string) => notSupported('spec.volumeLifecycleModes', mode, modes));
	const audiences = new Set<string>();
	errors.push(
		...items('spec.tokenRequests', spec.tokenRequests, ({audience = '', expirationSeconds}: any, at) => {
			const found: Errors = audiences.has(audience) ? [duplicate(`${at}.audience`, audience)] : [];
			audiences.add(audience);
			if (expirationSeconds < tokenSecondsMin)
				found.push(invalid(`${at}.expirationSeconds`, expirationSeconds, 'may not specify a duration less than 10 minutes'));
			return found;
		}),
	);
	if (spec.fsGroupPolicy && !groupPolicies.includes(spec.fsGroupPolicy))
		errors.push(notSupported('spec.fsGroupPolicy', spec.fsGroupPolicy, groupPolicies));
	return errors;
}

/** Models ValidateCSINode. */
export function validateCsiNode({spec = {}}: any): Errors {
	const names = new Set<string>();
	return items('spec.drivers', spec.drivers, (driver: any, at) => {
		const errors = driverName(`${at}.name`, driver?.name ?? '');
		if (!driver?.nodeID) errors.push(required(`${at}.nodeID`));
		else if (driver.nodeID.length > nodeIdMax)
			errors.push(invalid(`${at}.nodeID`, driver.nodeID, `must be ${nodeIdMax} characters or less`));
		if (driver?.allocatable?.count < 0)
			errors.push(invalid(`${at}.allocatable.count`, driver.allocatable.count, 'must be greater than or equal to 0'));
		if (names.has(driver?.name)) errors.push(duplicate(`${at}.name`, driver.name));
		names.add(driver?.name);
		const keys: readonly string[] = driver?.topologyKeys ?? [];
		keys.forEach((key, index) => {
			if (!key) errors.push(required(at));
			if (keys.indexOf(key) < index) errors.push(duplicate(at, key));
			errors.push(...isQualifiedName(key).map(problem => invalid(at, goStrings(keys), problem)));
		});
		return errors;
	});
}
