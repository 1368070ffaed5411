import {type Errors, forbidden, invalid, notSupported, required} from '../errors.js';
import {subdomain1123} from '../rules.js';

const controllerMax = 250;
const domainPrefixed = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/;

/** Models ValidateIngressClass in pkg/apis/networking/validation. */
export function validateIngressClass({spec = {}}: any, old?: any): Errors {
	const errors: Errors = [];
	const {controller = '', parameters} = spec;
	if (controller.length > controllerMax)
		errors.push({type: 'TooLong', field: 'spec.controller', detail: `may not be more than ${controllerMax} bytes`});
	if (!controller) errors.push(required('spec.controller'));
	else if (!domainPrefixed.test(controller))
		errors.push(invalid('spec.controller', controller, 'must be a domain-prefixed path (such as "acme.io/foo")'));
	if (parameters) {
		if (parameters.apiGroup) errors.push(...subdomain1123('spec.parameters.apiGroup', parameters.apiGroup));
		for (const field of ['kind', 'name']) if (!parameters[field]) errors.push(required(`spec.parameters.${field}`, `${field} is required`));
		const scopes = ['Cluster', 'Namespace'];
		if (!scopes.includes(parameters.scope)) errors.push(notSupported('spec.parameters.scope', parameters.scope, scopes));
		else if (parameters.scope === 'Namespace' && !parameters.namespace)
			errors.push(required('spec.parameters.namespace', "`parameters.scope` is set to 'Namespace'"));
		else if (parameters.scope === 'Cluster' && parameters.namespace !== undefined)
			errors.push(forbidden('spec.parameters.namespace', "`parameters.scope` is set to 'Cluster'"));
	}

	if (old && controller !== old.spec?.controller) errors.unshift(invalid('spec.controller', controller, 'field is immutable'));
	return errors;
}
