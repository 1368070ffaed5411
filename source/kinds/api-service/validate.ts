import {isLabel1035, isPathSegment, isSubdomain1123} from '../../api/selector/label-syntax.js';
import {each, type Errors, invalid, required} from '../errors.js';
import {portNumber} from '../rules.js';
import {base64Bytes} from '../../api/values/base64.js';

const prioritiesMax = {groupPriorityMinimum: 20_000, versionPriority: 1000} as const;

/** Models ValidateAPIService in kube-aggregator/pkg/apis/apiregistration/validation. */
export function validateApiService({metadata, spec = {}}: any): Errors {
	const {group = '', version = '', service, caBundle, insecureSkipTLSVerify = false} = spec;
	const name = `${version}.${group}`;
	const errors: Errors = [];
	if (metadata.name && isPathSegment(metadata.name).length === 0 && metadata.name !== name)
		errors.push(invalid('metadata.name', metadata.name ?? '', `must be \`spec.version+"."+spec.group\`: ${JSON.stringify(name)}`));
	if (group === '' && version !== 'v1') errors.push(required('spec.group', 'only v1 may have an empty group and it better be legacy kube'));
	if (group !== '') errors.push(...each('spec.group', group, isSubdomain1123(group)));
	errors.push(...each('spec.version', version, isLabel1035(version)));
	for (const field of ['groupPriorityMinimum', 'versionPriority'] as const) {
		const value: number = spec[field] ?? 0;
		if (value <= 0 || value > prioritiesMax[field])
			errors.push(invalid(`spec.${field}`, value, `must be positive and less than ${prioritiesMax[field]}`));
	}

	const trust = 'spec.insecureSkipTLSVerify';
	if (service) {
		for (const field of ['namespace', 'name']) if (!service[field]) errors.push(required(`spec.service.${field}`));
		const port: number = service.port ?? 443;
		errors.push(...portNumber(port).map(problem => invalid('spec.service.port', port, `port is not valid: ${problem}`)));
		if (insecureSkipTLSVerify && caBundle) errors.push(invalid(trust, true, 'may not be true if caBundle is present'));
		return errors;
	}

	if (caBundle) errors.push(invalid('spec.caBundle', `${base64Bytes(caBundle).length} bytes`, 'local APIServices may not have a caBundle'));
	if (insecureSkipTLSVerify) errors.push(invalid(trust, true, 'local APIServices may not have insecureSkipTLSVerify'));
	return errors;
}
